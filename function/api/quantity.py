"""Kubernetes quantities, such as 20Gi and 500m."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from function.api.json_values import EXACT
from function.api.model import RULES, Rule

UNITS = {unit: Decimal(10) ** power for unit, power in zip("num", (-9, -6, -3), strict=True)}
UNITS |= {"": Decimal(1)}
UNITS |= {unit: Decimal(1000) ** power for power, unit in enumerate("kMGTPE", 1)}
UNITS |= {f"{unit}i": Decimal(1024) ** power for power, unit in enumerate("KMGTPE", 1)}

QUANTITY = re.compile(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)([numkMGTPE]|[KMGTPE]i|)(?:[eE]([+-]?[0-9]{1,2}))?")


@lru_cache(1024)
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
