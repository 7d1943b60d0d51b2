"""Types of fields that several models use."""

import re
from typing import Annotated

from pydantic import Field

from function.api.model import Rule, matches

APP_NAME = r"[a-z]([-a-z0-9]{0,38}[a-z0-9])?"
"""Of an app: a DNS-1035 label. Object names append to it, and a Cluster's may have 50 characters at most."""
APP_NAME_RULE = "must be at most 40 lower case letters, digits and -, begin with a letter and not end with -"
HOST_SEPARATOR = "--"
"""Parts app and namespace in a generated host. No app's name has it, so no two apps get one host."""
SEPARATOR_RULE = f"must not have {HOST_SEPARATOR}, which parts app and namespace in generated hosts"

LABEL = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"
SHORT_NAME = r"[a-z0-9](-?[a-z0-9])*"
"""Of a worker or a job. It has no --, which parts it from the app's name in the names of objects."""


def short_names(length: int) -> Rule:
    """A rule: the keys of a map are names for a part of objects' names."""
    return Rule(
        f"self.all(name, name.size() <= {length} && name.matches(r'^(?:{SHORT_NAME})$'))",
        lambda parts: all(len(name) <= length and re.fullmatch(SHORT_NAME, name) for name in parts),
        f"must have names of at most {length} lower case letters and digits, with single - between them",
    )


Label = Annotated[
    str,
    Field(max_length=63),
    matches(LABEL, "must be a DNS label: lower case letters, digits and -, such as platform-team"),
]

HOST_LABEL = r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"
"""The part of a host name between two dots."""
IP_ADDRESS = r"[0-9]+([.][0-9]+){3}"

not_an_ip_address = Rule(
    rf"!self.matches(r'^(?:(\*\.)?{IP_ADDRESS})$')",
    lambda host: not re.fullmatch(rf"(\*\.)?{IP_ADDRESS}", host),
    "can't be an IP address; give it a host name such as dashboard.acme.dev",
)

Host = Annotated[
    str,
    Field(max_length=253),
    matches(rf"{HOST_LABEL}(\.{HOST_LABEL})*", "must be a host name such as dashboard.acme.dev"),
    not_an_ip_address,
]

HostPattern = Annotated[
    str,
    Field(max_length=253),
    matches(
        rf"(\*\.)?{HOST_LABEL}(\.{HOST_LABEL})*",
        "must be a host name such as www.acme.dev, or all below one, such as *.acme.dev",
    ),
    not_an_ip_address,
]
"""A host name, or *. and a domain: every name with one label more."""

ObjectName = Annotated[
    str,
    Field(max_length=253),
    matches(rf"{LABEL}(\.{LABEL})*", "must be the name of a Kubernetes object, such as dashboard-stripe"),
]

Port = Annotated[int, Field(ge=1024, le=65535)]
"""Containers don't run as root here. Some container runtimes let only root open a port below 1024."""
Replicas = Annotated[int, Field(ge=0, le=100)]
"""0 stops a part. The upper bound refuses a slip of the keyboard."""

QUALIFIED = rf"({LABEL}(\.{LABEL})*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{{0,61}}[A-Za-z0-9])?"
"""The key of a label or an annotation: a domain, which has at most 253 characters, and a name."""
DOMAIN = 253
LABEL_VALUE = r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?"

qualified_names = Rule(
    f"self.all(name, name.matches(r'^(?:{QUALIFIED})$') && name.indexOf('/') <= {DOMAIN})",
    lambda pairs: all(re.fullmatch(QUALIFIED, name) and name.find("/") <= DOMAIN for name in pairs),
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
