"""What CloudNativePG's operator did on a real control plane, with played instances: read and written here.

tests/operator records it. Each state is kept as a merge patch of the one before.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from function.patch import merge
from tests.recordings import FOLDER, Json, patch

OPERATOR = FOLDER / "operator"
STATUS = (
    *("phase", "phaseReason", "instances", "readyInstances", "instanceNames", "instancesStatus"),
    *("currentPrimary", "targetPrimary", "image", "pgDataImageInfo", "targetPGDataImageInfo"),
    *("healthyPVC", "initializingPVC", "danglingPVC", "resizingPVC", "pvcCount", "jobCount"),
    *("conditions", "certificates", "poolerIntegrations", "writeService", "readService"),
)
"""Fields of a Cluster's status that are kept. The others are hashes, addresses and versions of objects."""
PLAYED = {"ContinuousArchiving", "LastBackupSucceeded"}
"""Conditions that instance managers write. Those that are played archive nothing."""
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC")
GO_TIME = "2006-01-02 15:04:05 +0000 UTC"
"""Stands for each end of a certificate."""
NAMESPACE = "shop"
"""Stands for the namespace of each story."""


@dataclass(frozen=True)
class Step:
    """An edit of a Cluster, and what the operator did until it was done."""

    edit: str
    seconds: int
    """Until the NodeApp was Ready."""
    spec: Json
    """The Cluster's, with what the webhooks filled in."""
    annotations: Json
    """CloudNativePG's own ones."""
    statuses: list[Json]
    """The Cluster's, in order; empty where none changed."""
    poolers: list[Json]
    """The Pooler's."""
    jobs: list[str]
    """The names of the Jobs that ran."""
    made: Json
    """What the operator had made in the end: kind → name → what matters of it."""

    @property
    def rest(self) -> Json:
        """The Cluster's last status; empty where the operator wrote none."""
        return self.statuses[-1] if self.statuses else {}

    def phases(self) -> list[str]:
        """The Cluster's phases in this step, in order."""
        phases = [status["phase"] for status in self.statuses if "phase" in status]
        return [phase for number, phase in enumerate(phases) if number == 0 or phases[number - 1] != phase]


@dataclass(frozen=True)
class Recorded:
    """An app's story."""

    app: str
    steps: list[Step] = field(default_factory=list)


def names() -> list[str]:
    """The stories that are recorded."""
    return sorted(file.stem for file in OPERATOR.glob("*.json"))


def load(name: str) -> Recorded:
    """A recorded story."""
    read = json.loads((OPERATOR / f"{name}.json").read_text())
    return Recorded(read["app"], [Step(**step) for step in unfolded(read["steps"])])


def save(name: str, story: Recorded, namespace: str) -> Path:
    """Write a story, a step a line. Nothing that differs from run to run is kept but the seconds."""
    OPERATOR.mkdir(parents=True, exist_ok=True)
    file = OPERATOR / f"{name}.json"
    lines = ",\n".join(json.dumps(step, sort_keys=True) for step in folded(map(asdict, story.steps)))
    text = f'{{"app": "{story.app}", "steps": [\n{lines}\n]}}\n'
    file.write_text(TIME.sub(GO_TIME, text.replace(namespace, NAMESPACE)))
    return file


FOLDED = ("spec", "annotations", "made")
SEQUENCES = ("statuses", "poolers")


def folded(steps: Iterable[Json]) -> Iterator[Json]:
    """Steps whose states are merge patches."""
    before: Json = {}
    for step in steps:
        one: Json = {key: patch(before.get(key, {}), step[key]) for key in FOLDED}
        before |= {key: step[key] for key in FOLDED}
        for key in SEQUENCES:
            one[key] = list(patches(before, key, step[key]))
        yield step | one


def patches(before: Json, key: str, states: Iterable[Json]) -> Iterator[Json]:
    """The merge patches between states; none for one like the one before."""
    for state in states:
        if changed := patch(before.get(key, {}), state):
            yield changed
            before[key] = state


def unfolded(steps: Iterable[Json]) -> Iterator[Json]:
    """Steps whose states are whole."""
    before: Json = {}
    for step in steps:
        whole = dict(step)
        for key in FOLDED:
            before[key] = whole[key] = merge(before.get(key, {}), step[key])
        for key in SEQUENCES:
            whole[key] = []
            for changed in step[key]:
                before[key] = merge(before.get(key, {}), changed)
                whole[key].append(before[key])
        yield whole


def kept(status: Json) -> Json:
    """What of a Cluster's status is kept."""
    conditions = [
        {key: text for key, text in each.items() if key in ("type", "status", "reason", "message")}
        for each in status.get("conditions", [])
        if each["type"] not in PLAYED
    ]
    chosen: dict[str, Any] = {key: status[key] for key in STATUS if key in status}
    return chosen | ({"conditions": conditions} if conditions else {})
