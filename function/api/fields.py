"""Types of fields that several models use."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from function.api.json_values import EXACT
from function.api.model import RULES, Rule, matches

APP_NAME = r"[a-z]([-a-z0-9]{0,38}[a-z0-9])?"
"""Of an app: a DNS-1035 label. Object names append to it, and a Cluster's may have 50 characters at most."""
APP_NAME_RULE = "must be at most 40 lower case letters, digits and -, begin with a letter and not end with -"
HOST_SEPARATOR = "--"
"""Parts app and namespace in a generated host. No app's name has it, so no two apps get one host."""
SEPARATOR_RULE = f"must not have {HOST_SEPARATOR}, which parts app and namespace in generated hosts"

LABEL = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"

Label = Annotated[
    str,
    Field(max_length=63),
    matches(LABEL, "must be a DNS label: lower case letters, digits and -, such as platform-team"),
]

HOST_LABEL = r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"
"""The part of a host name between two dots."""
IP_ADDRESS = r"[0-9]+([.][0-9]+){3}"

Host = Annotated[
    str,
    Field(max_length=253),
    matches(rf"{HOST_LABEL}(\.{HOST_LABEL})*", "must be a host name such as dashboard.acme.dev"),
    Rule(
        f"!self.matches(r'^(?:{IP_ADDRESS})$')",
        lambda host: not re.fullmatch(IP_ADDRESS, host),
        "can't be an IP address; give it a host name such as dashboard.acme.dev",
    ),
]

ObjectName = Annotated[
    str,
    Field(max_length=253),
    matches(rf"{LABEL}(\.{LABEL})*", "must be the name of a Kubernetes object, such as dashboard-stripe"),
]

Port = Annotated[int, Field(ge=1024, le=65535)]
"""Containers don't run as root here. Some container runtimes let only root open a port below 1024."""
Replicas = Annotated[int, Field(ge=0, le=100)]
"""0 stops a part. The upper bound refuses a slip of the keyboard."""

ENV_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
RESERVED_ENV = r"PORT|DATABASE_URL|PG[A-Z0-9_]*|NODE_EXTRA_CA_CERTS"

variable_names = Rule(
    f"self.all(name, name.matches(r'^(?:{ENV_NAME})$'))",
    lambda env: all(re.fullmatch(ENV_NAME, name) for name in env),
    "must have names of letters, digits and _ only, such as LOG_LEVEL",
)
not_reserved = Rule(
    f"self.all(name, !name.matches(r'^(?:{RESERVED_ENV})$'))",
    lambda env: not any(re.fullmatch(RESERVED_ENV, name) for name in env),
    "must not set PORT, DATABASE_URL, PG* or NODE_EXTRA_CA_CERTS: the platform sets them from port and "
    "database; for a database outside the platform, put them into a Secret and name it in secrets",
)

Env = Annotated[
    dict[str, Annotated[str, Field(max_length=4096)]], Field(max_length=64), variable_names, not_reserved
]

QUALIFIED = r"([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
LABEL_VALUE = r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?"

qualified_names = Rule(
    f"self.all(name, name.matches(r'^(?:{QUALIFIED})$'))",
    lambda pairs: all(re.fullmatch(QUALIFIED, name) for name in pairs),
    "must have keys such as acme.dev/cost-center",
)
label_values = Rule(
    f"self.all(name, self[name].matches(r'^(?:{LABEL_VALUE})$'))",
    lambda labels: all(re.fullmatch(LABEL_VALUE, value) for value in labels.values()),
    "must have values of at most 63 letters, digits, -, _ and .",
)

Labels = Annotated[
    dict[str, Annotated[str, Field(max_length=63)]], Field(max_length=64), qualified_names, label_values
]
Annotations = Annotated[
    dict[str, Annotated[str, Field(max_length=4096)]], Field(max_length=64), qualified_names
]

Extension = Annotated[
    str,
    Field(max_length=63),
    matches(r"[a-z_][-a-z0-9_]*", "must be the name of an extension, such as pg_trgm"),
]
UNITS = {unit: Decimal(10) ** power for unit, power in zip("num", (-9, -6, -3), strict=True)}
UNITS |= {"": Decimal(1)}
UNITS |= {unit: Decimal(1000) ** power for power, unit in enumerate("kMGTPE", 1)}
UNITS |= {f"{unit}i": Decimal(1024) ** power for power, unit in enumerate("KMGTPE", 1)}

QUANTITY = re.compile(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)([numkMGTPE]|[KMGTPE]i|)(?:[eE]([+-]?[0-9]{1,2}))?")


def size(quantity: str) -> Decimal:
    """A Kubernetes quantity as a number of its base unit (bytes, cores).

    Raises ValueError for text that is no quantity, is negative, or has both a unit and an exponent.
    """
    match = QUANTITY.fullmatch(quantity)
    if match is None or (match[2] and match[3]):
        msg = "must be a quantity such as 20Gi or 500m"
        raise ValueError(msg)
    return Decimal(match[1]) * UNITS[match[2]] * Decimal(10) ** int(match[3] or 0)


def is_quantity(text: str) -> bool:
    """Whether text is a quantity above 0."""
    try:
        return size(text) > 0
    except ValueError:
        return False


def as_text(value: Any) -> Any:
    """A whole number as text, anything else unchanged: YAML reads `cpu: 1` as a number."""
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= EXACT
    return str(value) if whole else value


def above_zero(message: str) -> Rule:
    """The rule that text is a quantity above 0."""
    cel = "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))"
    return Rule(cel, is_quantity, message)


def int_or_string(rule: Rule) -> WithJsonSchema:
    """The schema of a quantity with a rule: text, or a whole number."""
    return WithJsonSchema(
        {
            "x-kubernetes-int-or-string": True,
            "anyOf": [{"type": "integer"}, {"type": "string"}],
            "maxLength": 32,
            RULES: [rule.validation()],
        }
    )


bytes_rule = above_zero("must be a number of bytes above 0 with a unit, such as 512Mi or 20Gi")
Bytes = Annotated[str, BeforeValidator(as_text), Field(max_length=32), bytes_rule, int_or_string(bytes_rule)]
"""A Kubernetes quantity of bytes."""

Storage = Annotated[
    Bytes,
    Rule(
        "!isQuantity(string(self)) || quantity(string(self)).compareTo(quantity('1Gi')) >= 0",
        lambda text: size(text) >= size("1Gi"),
        "must be at least 1Gi",
    ),
]
"""Of a volume. WAL alone may fill a smaller one: PostgreSQL's default of max_wal_size is 1GB."""
