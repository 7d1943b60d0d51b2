"""Databases that people took apart by hand, on CloudNativePG's own operator with played instances."""

from collections.abc import Callable
from typing import Any

from function.patch import merge
from function.read import at
from tests.live.judging import current
from tests.live.played_database import POSTGRES
from tests.live.story import Story
from tests.operator.telling import SLOWLY
from tests.plane.kubectl import Json, wait

SPEC: dict[str, Any] = {
    "team": "a",
    "backend": {"image": "ghcr.io/acme/shop:1.4.0"},
    "database": {"version": 17, "instances": 1, "storage": "10Gi"},
}


def volumes(story: Story) -> dict[str, str]:
    """The uids of the database's volumes, by name."""
    found = story.cluster.all("persistentvolumeclaims", story.namespace)
    return {each["metadata"]["name"]: each["metadata"]["uid"] for each in found}


def runs(story: Story, spec: Json) -> None:
    """Wait until the NodeApp is Ready as it is written, by what the operator says."""
    story.until(lambda claim: current(claim, spec), SLOWLY)


def test_the_next_cluster_takes_the_volumes_that_are_left(operated: Callable[..., Story]) -> None:
    """Deleted with --cascade=orphan, the database comes back on its own volumes by what the message says."""
    story = operated()
    story.write(SPEC)
    runs(story, SPEC)
    lost, before = story.database()["metadata"]["uid"], volumes(story)

    with story.unwatched():
        story.cluster.patch(
            POSTGRES, "shop-db", story.namespace, {"metadata": {"labels": {"crossplane.io/in-use": None}}}
        )
        story.cluster.kubectl("delete", POSTGRES, "shop-db", f"-n={story.namespace}", "--cascade=orphan")
    story.told("DatabaseReady", "Lost", "but its volumes are there: CloudNativePG gives them, with all data")
    assert volumes(story) == before

    again = merge(SPEC, {"database": {"era": 2}})
    story.write(again, **{"platform.io/accept-data-loss": lost})
    runs(story, again)
    assert story.database()["metadata"]["uid"] != lost
    assert volumes(story) == before


def test_volumes_that_are_gone_are_told(operated: Callable[..., Story]) -> None:
    """CloudNativePG makes no empty ones, and the message has the commits that recover the database."""
    story = operated()
    story.write(SPEC)
    runs(story, SPEC)
    story.cluster.delete("persistentvolumeclaim", "shop-db-1", story.namespace)
    story.cluster.delete("pod", "shop-db-1", story.namespace)

    told = story.told("DatabaseReady", "NotReady", "its volumes are gone")
    assert "then add it again with version: 17, era: 2 and restore: {}" in told
    wait(lambda: volumes(story), lambda found: not found)
    assert at(story.database(), "status", "instanceNames") is None
