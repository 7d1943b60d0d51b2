"""What one reconcile of a composite resource did, and the Kubernetes events that it sent."""

from dataclasses import dataclass, field
from typing import NamedTuple

from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from tests.simulated.composition_pipeline import Call, fatal


class KubernetesEvent(NamedTuple):
    """A Kubernetes event."""

    type: str
    reason: str
    message: str


@dataclass
class Round:
    """What one reconcile did."""

    calls: list[Call] = field(default_factory=list)
    error: str = ""
    """Why nothing was composed."""
    deleted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """Key → why the API server refused to apply it."""
    events: list[KubernetesEvent] = field(default_factory=list)
    """The function's events. The claim gets the same ones as the XR."""

    @property
    def response(self) -> fnv1.RunFunctionResponse:
        """The response that counted: that of the last call."""
        return self.calls[-1].response

    @property
    def fatal(self) -> str | None:
        """Why the response was FATAL; None if it wasn't."""
        return fatal(self.response)


def event(result: fnv1.Result) -> KubernetesEvent:
    """A result as the event it becomes."""
    kind = "Normal" if result.severity == fnv1.SEVERITY_NORMAL else "Warning"
    return KubernetesEvent(kind, result.reason or "ComposeResources", result.message)
