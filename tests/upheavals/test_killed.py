"""The function is killed: whatever is running goes on running."""

from function.read import condition
from tests.live.cluster import wait
from tests.live.judging import marks
from tests.live.plane import Plane
from tests.live.story import Story

GIVES_UP = 240.0
"""Seconds after which Crossplane says that nobody answers: a reconcile may take two minutes."""
SPEC = {"team": "a", "backend": {"image": "ghcr.io/acme/shop:1.4.0"}, "database": {}}


def test_nothing_changes_without_the_function(plane: Plane) -> None:
    """Killed between two reconciles, while it is away, and when it is back: no object is written to."""
    story = Story(plane.cluster, "killed")
    plane.cluster.kubectl("create", "namespace", story.namespace)
    with plane.function() as server:
        story.runs(SPEC)
        before = marks([*story.objects(), *story.usages()], "generation")
        server.process.kill()
        server.process.wait()
        wait(story.nudged, lambda xr: condition(xr, "Synced").get("status") == "False", GIVES_UP, pause=10)
        assert marks([*story.objects(), *story.usages()], "generation") == before

    with plane.function():
        wait(story.nudged, lambda xr: condition(xr, "Synced").get("status") == "True", pause=5)
        story.reconciled(SPEC)
        assert marks([*story.objects(), *story.usages()], "generation") == before
