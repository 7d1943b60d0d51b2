"""What the status says of workers: whether they run as asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from function.api.status import Status, WorkloadStatus
from function.app import Observed
from function.components import background, pods
from function.components.connected import Sleep
from function.place import Manifest
from function.report import Condition, ConditionType, Report, Why

READY = ConditionType("WorkersReady", part="workers", gates=True)


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker, as it is built and reported."""

    component: str
    image: str | None
    waits: str
    """Why it has no pods, while it has no image."""
    sleep: Sleep
    resources: Mapping[str, Manifest]


def report(
    workers: Mapping[str, Worker], ours: Mapping[str, frozenset[str]], observed: Observed, why: Why
) -> Report:
    """Whether all workers run as asked. `ours`: what their Deployments state."""
    conditions = {name: condition(each, ours[name], observed, why) for name, each in workers.items()}
    status = {
        name: pods.status(each.component, each.image, observed, why)
        if each.image
        else WorkloadStatus(replicas=0, available=0)
        for name, each in workers.items()
    }
    return Report([background.together(READY, conditions, "Available")], Status(workers=status))


def condition(each: Worker, ours: frozenset[str], observed: Observed, why: Why) -> Condition:
    """Whether one worker runs as asked."""
    if each.image is None:
        return READY.false("NoImage", each.waits)
    own = {key: why[key] for key in sorted(each.resources)}
    return each.sleep.explains(pods.state(READY, each.component, ours, observed, own), observed)
