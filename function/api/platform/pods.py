"""`pods` of a Platform: where the pods of apps run, and with which priority."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from function.api.fields import LABEL_VALUE, QUALIFIED, Labels, ObjectName
from function.api.model import Model, Rule, matches


class Toleration(Model):
    """A taint of nodes that pods tolerate. See `kubectl explain pod.spec.tolerations`."""

    key: (
        Annotated[
            str, Field(max_length=316), matches(QUALIFIED, "must be the key of a taint, such as acme.dev/gpu")
        ]
        | None
    ) = None
    """The taint's key. Absent: all of them, with the operator Exists."""
    operator: Literal["Exists", "Equal"] | None = None
    """Exists: whatever value the taint has. Default: Equal."""
    value: (
        Annotated[
            str,
            Field(max_length=63),
            matches(LABEL_VALUE, "must be the value of a taint: letters, digits, -, _ and ."),
        ]
        | None
    ) = None
    """The taint's value."""
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None = None
    """The taint's effect. Absent: all of them."""
    toleration_seconds: Annotated[int, Field(ge=0)] | None = None
    """For how long a pod stays on a node that gets the taint. Absent: for ever."""

    # Kubernetes refuses pods with others, so none of an app's would be created any more.
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "has(self.key) || (has(self.operator) && self.operator == 'Exists')",
            lambda toleration: toleration.key is not None or toleration.operator == "Exists",
            "must have a key, or operator: Exists for all taints",
        ),
        Rule(
            "!has(self.operator) || self.operator != 'Exists' || !has(self.value) || self.value == ''",
            lambda toleration: toleration.operator != "Exists" or not toleration.value,
            "must have no value beside operator: Exists, which means all values",
        ),
        Rule(
            "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
            lambda toleration: toleration.toleration_seconds is None or toleration.effect == "NoExecute",
            "must have effect: NoExecute beside tolerationSeconds",
        ),
    )


class Pods(Model):
    """Pods of frontends, backends, workers and jobs."""

    priority_class_name: ObjectName | None = None
    """PriorityClass: who has to wait or leave where nodes are full."""
    node_selector: Labels = {}
    """Labels of the nodes that they run on."""
    tolerations: Annotated[list[Toleration], Field(max_length=16)] = []
    """Taints of nodes that they tolerate."""
    host_users: bool | None = None
    """false: each pod has users of its own, so a process that breaks out is nobody on the node. It needs
    nodes that support user namespaces. Default: the cluster's."""
