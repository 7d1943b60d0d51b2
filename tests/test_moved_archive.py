"""The platform's object store moves elsewhere: a base backup is made there at once, and nobody is misled."""

from typing import Any

import pytest

from tests.clusters import CLUSTER, rows
from tests.recoveries import lost, recovered
from tests.simulated.archives import ArchiveLocation
from tests.simulator import BACKED_UP, STORED, World

NAME = "shop-dash-1-1-pg17"
ELSEWHERE: dict[str, Any] = {"database": {"objectStore": {"destinationPath": "s3://elsewhere"}}}
ENDPOINT: dict[str, Any] = {
    "database": {"objectStore": {"destinationPath": "s3://backups", "endpointURL": "https://minio.acme.dev"}}
}
RECONCILES = 8


def schedules(world: World) -> set[str]:
    """The keys of the ScheduledBackups."""
    return {key for key in world.keys if key.startswith("database-backup-")}


def test_a_base_backup_is_made_there_at_once() -> None:
    """WAL restores nothing without one in the same place. BackedUp is False until it is complete."""
    world = World(BACKED_UP, STORED).settle()
    there = ArchiveLocation("s3://elsewhere/shop", NAME)
    world.govern(ELSEWHERE)
    for _ in range(RECONCILES):
        world.reconcile()
        archive = world.cnpg.archives.get(there)
        complete = archive is not None and archive.bases
        assert complete or world.condition("BackedUp").status == "False"
    assert world.condition("BackedUp").status == "True"
    assert world.ready
    assert len(schedules(world)) == 1


def test_what_is_lost_after_the_move_is_recovered_from_there() -> None:
    """Without waiting for a night."""
    world = World(BACKED_UP, STORED).settle().govern(ELSEWHERE).settle()
    held = rows(world)
    world.lose("database-cluster")
    lost(world, "database.era: 2 and database.restore: {}")
    world.edit(database=BACKED_UP["database"] | {"era": 2, "restore": {}})
    recovered(world, held)


@pytest.mark.parametrize("platform", [ELSEWHERE, ENDPOINT], ids=["path", "endpoint"])
def test_each_place_has_a_schedule_of_its_own(platform: dict[str, Any]) -> None:
    """There and back: a new one each time, as WAL is missing in between."""
    world = World(BACKED_UP, STORED).settle()
    first = schedules(world)
    made = world.object(*first)["metadata"]["uid"]
    assert first == {"database-backup-1-1-pg17"}
    moved = schedules(world.govern(platform).settle())
    assert len(moved) == 1
    assert moved != first
    assert schedules(world.govern(STORED).settle()) == first
    assert world.object(*first)["metadata"]["uid"] != made
    assert world.server.get(CLUSTER)


def test_other_credentials_are_no_move() -> None:
    """Nothing is backed up anew because a key was replaced."""
    world = World(BACKED_UP, STORED).settle()
    before = schedules(world)
    store = STORED["database"]["objectStore"] | {"s3Credentials": {"inheritFromIAMRole": True}}
    assert schedules(world.govern({"database": {"objectStore": store}}).settle()) == before
