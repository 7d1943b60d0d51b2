"""What CloudNativePG's operator does by itself, seen while a story goes on."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from function.read import at
from tests.live.story import Story
from tests.plane.kubectl import Json
from tests.recorded_operator import Recorded, Step, kept, save

QUIET = 4.0
"""Seconds without a change of the Cluster after which the operator is done. It looks every second while
something isn't as it should be."""
PATIENCE = 120.0
"""Seconds that the operator may take for one edit."""
MADE = (
    *("pods", "persistentvolumeclaims", "secrets", "services", "deployments", "poddisruptionbudgets"),
    "failoverquorums.postgresql.cnpg.io",
)
"""What the operator makes. Its Backups, ConfigMaps, Roles and ServiceAccounts aren't recorded."""
WATCHED = {
    "clusters": "apis/postgresql.cnpg.io/v1",
    "poolers": "apis/postgresql.cnpg.io/v1",
    "jobs": "apis/batch/v1",
}
"""Kinds of which every state is seen, with their API."""


@dataclass
class Recorder:
    """Takes down the steps of one app's story."""

    story: Story
    states: dict[str, Callable[[], list[Json]]]
    """Kind → every state of its objects so far."""
    steps: list[Step] = field(default_factory=list)

    def step(self, edit: str, act: Callable[[], Any], until: Callable[[], Any]) -> None:
        """An edit, and all that happens until it is what runs and the operator is done.

        `until` waits for what the edit is for. The seconds that it takes are recorded.
        """
        before = {kind: len(states()) for kind, states in self.states.items()}
        begun = time.monotonic()
        act()
        until()
        seconds = time.monotonic() - begun
        self.quiet()
        cluster = self.story.database()
        seen = {kind: states()[before[kind] :] for kind, states in self.states.items()}
        annotations = cluster["metadata"].get("annotations", {})
        self.steps.append(
            Step(
                edit=edit,
                seconds=round(seconds),
                spec=cluster["spec"],
                annotations={k: text for k, text in annotations.items() if k.startswith("cnpg.io/")},
                statuses=[kept(one["status"]) for one in seen["clusters"] if one.get("status")],
                poolers=[one["status"] for one in seen["poolers"] if one.get("status")],
                jobs=sorted({one["metadata"]["name"] for one in seen["jobs"]}),
                made=self.made(),
            )
        )

    def quiet(self) -> None:
        """Wait until the operator has nothing to do any more, and the storage neither."""
        last, since = "", time.monotonic()
        end = since + PATIENCE
        while time.monotonic() < min(end, since + QUIET):
            cluster = self.story.database()
            version = at(cluster, "metadata", "resourceVersion")
            if version != last or at(cluster, "status", "resizingPVC"):
                last, since = version, time.monotonic()
            time.sleep(0.5)

    def made(self) -> Json:
        """What the operator has made: kind → name → what matters of it."""
        found: Json = {}
        for item in self.story.cluster.all(",".join(MADE), self.story.namespace):
            if is_operators(item):
                found.setdefault(item["kind"], {})[item["metadata"]["name"]] = gist(item)
        return found


def is_operators(item: Json) -> bool:
    """Whether the operator made an object."""
    owners = item["metadata"].get("ownerReferences", [])
    return any(owner["apiVersion"].startswith("postgresql.cnpg.io/") for owner in owners)


def gist(item: Json) -> Json:
    """What matters of an object that the operator made."""
    labels = item["metadata"].get("labels", {})
    match item["kind"]:
        case "PersistentVolumeClaim":
            return {
                "size": item["spec"]["resources"]["requests"]["storage"],
                "phase": item["status"]["phase"],
            }
        case "Deployment":
            return {"replicas": item["spec"]["replicas"]}
        case "Pod":
            return {"role": labels.get("cnpg.io/instanceRole")}
        case "Secret":
            return {"type": item["type"], "keys": sorted(item.get("data", {}))}
        case "FailoverQuorum":
            status: Json = item.get("status", {})
            return status
        case _:
            return {}


@contextmanager
def recorded(story: Story, name: str, *, keep: bool) -> Iterator[Recorder]:
    """Watch a story. In the end it is written down if `keep` says so."""
    with ExitStack() as stack:
        states = {kind: stack.enter_context(story.history(api, kind)) for kind, api in WATCHED.items()}
        recorder = Recorder(story, states)
        yield recorder
        if keep:
            save(name, Recorded(story.app, recorder.steps), story.namespace)
