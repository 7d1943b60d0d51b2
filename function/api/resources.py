"""Compute resources of a container, in Kubernetes' shape."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from function.api.model import Model, Rule
from function.api.quantity import Bytes, above_zero, as_text, int_or_string, size

cores_rule = above_zero("must be a number of cores above 0, such as 500m or 2")
Cores = Annotated[
    str,
    BeforeValidator(as_text),
    Field(max_length=32),
    cores_rule,
    int_or_string(cores_rule),
    # More than most nodes have, so it is a slip: 500 for 500m.
    Rule(
        "!isQuantity(string(self)) || quantity(string(self)).compareTo(quantity('128')) <= 0",
        lambda text: size(text) <= size("128"),
        "must be at most 128 cores: 500m is half a core, and 500 are five hundred",
    ),
]
Memory = Annotated[
    Bytes,
    # Less than any process needs, so it is a slip: 512m for 512Mi, or a unit that was forgotten.
    Rule(
        "!isQuantity(string(self)) || quantity(string(self)).compareTo(quantity('4Mi')) >= 0",
        lambda text: size(text) >= size("4Mi"),
        "must be at least 4Mi: write 512Mi, as 512m is half a byte, and 512 are 512 bytes",
    ),
]
"""Bytes of memory or scratch space."""


class Amounts(Model):
    """Amounts of compute resources, as in Kubernetes."""

    cpu: Cores | None = None
    """Cores, such as 500m for half of one."""
    memory: Memory | None = None
    """Bytes, such as 256Mi."""
    ephemeral_storage: Annotated[Memory | None, Field(alias="ephemeral-storage")] = None
    """Bytes of scratch space, such as 256Mi: logs, and what is written to /tmp and other folders."""

    def stated(self) -> dict[str, str]:
        """The amounts that are written, by Kubernetes' name of the resource."""
        return {key: amount for name, key in NAMES if (amount := getattr(self, name)) is not None}


NAMES = tuple((name, field.alias or name) for name, field in Amounts.model_fields.items())
"""Field, and Kubernetes' name, of each resource."""


def within_limits(resources: "Resources") -> bool:
    """Whether no request is above its limit."""
    requests, limits = resources.requests.stated(), resources.limits.stated()
    return all(size(requests[name]) <= size(limits[name]) for name in requests.keys() & limits.keys())


def cel_within_limit(key: str) -> str:
    """`within_limits` for one resource, in CEL, where a dash in a key must be escaped."""
    name = key.replace("-", "__dash__")
    both = f"has(self.requests.{name}) && has(self.limits.{name})"
    compare = f"quantity(string(self.requests.{name})).compareTo(quantity(string(self.limits.{name}))) <= 0"
    return f"(!({both}) || {compare})"


class Resources(Model):
    """Compute resources of a container."""

    requests: Amounts = Amounts()
    """Reserved on the node."""
    limits: Amounts = Amounts()
    """The most it gets."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "!has(self.requests) || !has(self.limits) || ("
            + " && ".join(cel_within_limit(key) for _, key in NAMES)
            + ")",
            within_limits,
            "must not request more than the limit",
        ),
    )
