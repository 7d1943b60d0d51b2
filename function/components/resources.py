"""Compute resources: the slice of the API, and defaults that stay valid whatever is asked."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from function.app import Manifest
from function.fields import Quantity, size
from function.model import Model, Rule


class Amounts(Model):
    """Amounts of compute resources, as Kubernetes has them."""

    cpu: Quantity | None = None
    """Cores, such as 500m for half of one."""
    memory: Quantity | None = None
    """Bytes, such as 256Mi."""
    ephemeral_storage: Annotated[Quantity | None, Field(alias="ephemeral-storage")] = None
    """Bytes of scratch space (/tmp, logs), such as 256Mi."""


NAMES = tuple((name, field.alias or name) for name, field in Amounts.model_fields.items())


def within(resources: "Resources") -> bool:
    """Whether no request is above its limit."""
    pairs = ((getattr(resources.requests, name), getattr(resources.limits, name)) for name, _ in NAMES)
    return all(not (request and limit) or size(request) <= size(limit) for request, limit in pairs)


def cel_within(key: str) -> str:
    """One resource of `within`, for the API server. A key with a dash is escaped as CEL wants it."""
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
            + " && ".join(cel_within(key) for _, key in NAMES)
            + ")",
            within,
            "must not request more than the limit",
        ),
    )

    def filled(self, requests: Mapping[str, str], limits: Mapping[str, str]) -> Manifest:
        """The manifest's `resources`: this over defaults.

        A default gives way to what is asked: Kubernetes refuses a request above its limit.
        """
        asked, most = amounts(self.requests), amounts(self.limits)
        filled = {
            "requests": {**requests, **asked},
            "limits": {**limits, **most},
        }
        for name, request in filled["requests"].items():
            limit = filled["limits"].get(name)
            if limit and size(request) > size(limit):
                filled["limits" if name in asked else "requests"][name] = request if name in asked else limit
        return dict(filled)


def amounts(given: Amounts) -> dict[str, str]:
    """What is given, by Kubernetes' names."""
    return {key: value for name, key in NAMES if (value := getattr(given, name)) is not None}
