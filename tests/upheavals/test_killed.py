"""The function is killed: whatever is running goes on running."""

from tests.live.judging import marks
from tests.live.story import Story
from tests.plane.kubectl import wait
from tests.plane.plane import Plane
from tests.plane.product import function

GIVES_UP = 300.0
"""Seconds after which Crossplane says that nobody answers: a reconcile may take two minutes."""
SPEC = {"team": "a", "backend": {"image": "ghcr.io/acme/shop:1.4.0"}, "database": {}}


def test_nothing_changes_without_the_function(plane: Plane) -> None:
    """Killed between two reconciles, while it is away, and when it is back: no object is written to."""
    story = Story(plane.cluster, "killed")
    plane.cluster.kubectl("create", "namespace", story.namespace)
    with function(plane) as server:
        story.runs(SPEC)
        before = marks([*story.objects(), *story.usages()], "generation")
        server.process.kill()
        server.process.wait()
        said = len(words(plane))
        wait(lambda: nudged(story, plane, said), lambda log: "cannot run" in log, GIVES_UP, pause=10)
        assert marks([*story.objects(), *story.usages()], "generation") == before

    with function(plane):
        newer = SPEC | {"team": "b"}
        story.write(newer)
        story.reconciled(newer)
        assert marks([story.database()], "uid").keys() <= before.keys()


def words(plane: Plane) -> str:
    """What Crossplane wrote down so far."""
    return plane.processes.log("crossplane").read_text()


def nudged(story: Story, plane: Plane, said: int) -> str:
    """What Crossplane has written down since, after it was made to look at the app."""
    story.nudged()
    return words(plane)[said:]
