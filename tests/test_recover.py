"""A cluster that is rebuilt recovers its databases."""

from typing import Any

import pytest

from tests.clusters import cluster, rows
from tests.recoveries import PLATFORM, STORE, app
from tests.simulated.cnpg_instances import Instances
from tests.simulator import World


@pytest.fixture
def world() -> World:
    """An app that is backed up."""
    return World(app(), PLATFORM).settle()


def wipe(world: World, platform: dict[str, Any]) -> World:
    """The cluster is gone with all that it knew; the object store and Git are there. A new one begins."""
    for ref in list(world.server.objects):
        world.server.forget(ref)
    world.lives += 1
    return world.govern(platform).ask(world.spec).settle()


def test_no_empty_database_where_the_store_went_meanwhile() -> None:
    """A restore that was accepted waits for the store, rather than come up empty."""
    world = World(app(era=2, restore={}, deletionPolicy="Delete"), PLATFORM).settle()
    world.lose("database-cluster").govern({}).settle()
    assert "database-cluster" not in world.keys
    assert world.condition("DatabaseReady").reason == "NoObjectStore"
    world.govern(PLATFORM).settle()
    assert "recovery" in cluster(world)["bootstrap"]


@pytest.mark.parametrize("era", [1, 2])
def test_era_that_was_raised_never_falls(era: int) -> None:
    """Not even before there are backups: a later one would find the archive of the era before."""
    world = World(app(era=3), PLATFORM).play("database-cluster", Instances(archiving="403 Forbidden"))
    world.settle().edit(database={"era": era}).settle()
    assert world.status["database"]["serverName"] == "shop-dash-1-3-pg17"
    assert "database.era: kept 3" in world.condition("SpecHonored").message


def test_rebuilt_cluster_recovers_its_databases(world: World) -> None:
    """Git and the object store bring a lost cluster back: no database comes up empty."""
    held = rows(world)
    wipe(world, {"database": {"objectStore": STORE, "era": 2, "recover": True}})
    assert rows(world) >= held
    assert world.ready
    assert world.status["database"]["serverName"] == "shop-dash-2-1-pg17"
    assert world.condition("BackedUp").status == "True"

    world.govern({"database": {"objectStore": STORE, "era": 2}}).settle()
    assert cluster(world)["externalClusters"][0]["plugin"]["parameters"]["serverName"] == "shop-dash-1-1-pg17"
    assert world.ready


def test_rebuilding_decides_before_a_restore_in_git(world: World) -> None:
    """What made the lost database once would make it anew as it was then."""
    world.lose("database-cluster").settle()
    world.edit(database={"version": 17, "era": 2, "restore": {}}).settle()
    held = rows(world)
    wipe(world, {"database": {"objectStore": STORE, "era": 2, "recover": True}})
    assert cluster(world)["externalClusters"][0]["plugin"]["parameters"]["serverName"] == "shop-dash-1-2-pg17"
    assert rows(world) >= held
    assert world.condition("SpecHonored").status == "True"


def test_what_was_never_backed_up_is_made_empty() -> None:
    """A rebuilt cluster has nothing to recover a development database from."""
    platform = {"database": {"objectStore": STORE, "era": 2, "recover": True}}
    world = World(app() | {"environment": "dev"}, platform).settle()
    assert "initdb" in cluster(world)["bootstrap"]
    assert world.ready


def test_new_app_on_a_recovering_cluster_says_what_it_waits_for() -> None:
    """It has nothing to recover from; switched off, it is made."""
    platform = {"database": {"objectStore": STORE, "era": 2, "recover": True}}
    world = World(app(), platform).settle()
    assert "recovered from shop-dash-1-1-pg17" in world.condition("DatabaseReady").message
    assert not world.ready
