"""Compute resources of a container, in Kubernetes' shape."""

from typing import Annotated, ClassVar

from pydantic import Field

from function.api.fields import Quantity, size
from function.api.model import Model, Rule


class Amounts(Model):
    """Amounts of compute resources, as in Kubernetes."""

    cpu: Quantity | None = None
    """Cores, such as 500m for half of one."""
    memory: Quantity | None = None
    """Bytes, such as 256Mi."""
    ephemeral_storage: Annotated[Quantity | None, Field(alias="ephemeral-storage")] = None
    """Bytes of scratch space (/tmp, logs), such as 256Mi."""

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
    """Compute resources of a container. What is left out has a default."""

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
