"""`scaling` of a frontend or backend."""

from typing import Annotated, ClassVar

from pydantic import Field

from function.api.model import Model, Rule

Pods = Annotated[int, Field(ge=1, le=100)]
"""At least one: a HorizontalPodAutoscaler that reached 0 would measure nothing, and never scale up again."""


class Scaling(Model):
    """Pods by load: a HorizontalPodAutoscaler adds pods while their CPU is busy, and removes them again."""

    min: Pods
    """Fewest pods."""
    max: Pods
    """Most pods."""
    # The other 20 % serve the load that grows until a new pod is ready.
    cpu: Annotated[int, Field(ge=1, le=100)] = 80
    """CPU that the pods should use on average, in percent of their request. Default: 80."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("self.min <= self.max", lambda scaling: scaling.min <= scaling.max, "min must not exceed max"),
    )
