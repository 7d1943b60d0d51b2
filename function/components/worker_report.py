"""What the status says of workers: whether they run as asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from function.api.status import Status, WorkloadStatus
from function.app import Observed
from function.components import background, pods
from function.components.by_hand import Stated
from function.components.connected import Sleep
from function.report import Condition, ConditionType, Report, Why

READY = ConditionType("WorkersReady", part="workers", gates=True)


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker, as it is reported."""

    component: str
    image: str | None
    waits: str
    """Why it has no pods, while it has no image."""
    sleep: Sleep
    keys: tuple[str, ...]
    """Of its objects."""
    stated: Stated


def report(workers: Mapping[str, Worker], observed: Observed, why: Why) -> Report:
    """Whether all workers run as asked."""
    conditions = {name: condition(each, observed, why) for name, each in workers.items()}
    status = {
        name: pods.status(each.component, each.image, observed, why)
        if each.image
        else WorkloadStatus(replicas=0, available=0)
        for name, each in workers.items()
    }
    return Report([background.together(READY, conditions, "Available")], Status(workers=status))


def condition(each: Worker, observed: Observed, why: Why) -> Condition:
    """Whether one worker runs as asked."""
    if each.image is None:
        return READY.false("NoImage", each.waits)
    own = {key: why[key] for key in each.keys}
    return each.sleep.explains(pods.state(READY, each.component, each.stated, observed, own), observed)
