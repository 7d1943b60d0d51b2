"""Telling what developers do to one database, where CloudNativePG's own operator works."""

from typing import Any

from function.patch import merge
from tests.live.judging import current
from tests.live.story import Story
from tests.operator.recorder import Recorder
from tests.plane.kubectl import Json

SLOWLY = 300.0
"""Seconds that the operator may take for one edit, with other stories beside it."""
HEALTHY = "Cluster in healthy state"
UNREACHABLE = "Instance Status Extraction Error: HTTP communication issue"


class Telling:
    """An app's story, step by step."""

    def __init__(self, story: Story, recorder: Recorder) -> None:
        """Its NodeApp has a backend and a database without backups, whose version is written."""
        self.story, self.recorder = story, recorder
        self.spec: Json = {
            "team": "a",
            "backend": {"image": "ghcr.io/acme/shop:1.4.0"},
            "database": {"version": 17, "instances": 2, "storage": "10Gi", "backup": {"enabled": False}},
        }

    def edit(self, name: str, /, **database: Any) -> Json:
        """Commit other values of the database's fields, and wait until the NodeApp is Ready with them."""
        self.spec = merge(self.spec, {"database": database})
        self.recorder.step(name, lambda: self.story.write(self.spec), self.ready)
        return self.story.claim()

    def ready(self) -> None:
        """Wait until the NodeApp is Ready as it is written, by what the operator says."""
        self.story.until(lambda claim: current(claim, self.spec), SLOWLY)

    @property
    def last(self) -> Json:
        """What the operator had made after the last step, by kind and name."""
        return self.recorder.steps[-1].made

    def phases(self) -> list[str]:
        """The phases of the last step from the moment that the operator acts, in order.

        Left out is the one that depends on which is faster: the operator, or the played instance managers.
        """
        phases = [phase for phase in self.recorder.steps[-1].phases() if phase != UNREACHABLE]
        return phases[1:] if phases[:1] == [HEALTHY] else phases
