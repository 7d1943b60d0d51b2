"""Recovery from backups: asked for, after a loss, and of a whole cluster."""

from typing import Any

import pytest

from tests.clusters import cluster, rows
from tests.recoveries import PLATFORM, STORE, app
from tests.simulator import StatusCondition, World


@pytest.fixture
def world() -> World:
    """An app that is backed up."""
    return World(app(), PLATFORM).settle()


def test_lost_database_is_recovered_by_its_next_era(world: World) -> None:
    """The way on that the message of a loss names: data back, archived under a new name."""
    held, old = rows(world), cluster(world)["plugins"][0]["parameters"]["serverName"]
    world.lose("database-cluster").settle()
    assert "set database.era: 2 and database.restore: {}" in world.condition("DatabaseReady").message

    world.edit(database={"version": 17, "era": 2, "restore": {}}).settle()

    assert rows(world) >= held
    assert cluster(world)["bootstrap"] == {
        "recovery": {"source": "origin", "database": "dash", "owner": "dash"}
    }
    (origin,) = cluster(world)["externalClusters"]
    assert origin["plugin"]["parameters"] == {"barmanObjectName": "dash-db-origin", "serverName": old}
    assert world.condition("DatabaseReady").status == "True"
    assert world.condition("BackedUp").status == "True"
    assert world.status["database"]["serverName"] == "shop-dash-1-2-pg17"


def test_restore_that_is_still_written_is_no_way_on(world: World) -> None:
    """A loss after a restore isn't answered by the same restore: those data are older."""
    world.lose("database-cluster").settle()
    world.edit(database={"version": 17, "era": 2, "restore": {}}).settle()
    world.lose("database-cluster").settle()
    assert world.condition("DatabaseReady").reason == "Lost"
    assert "database.era: 3" in world.message
    world.edit(database={"version": 17, "era": 3, "restore": {}}).settle()
    assert cluster(world)["externalClusters"][0]["plugin"]["parameters"]["serverName"] == "shop-dash-1-2-pg17"


def test_how_it_was_recovered_is_stated_for_ever(world: World) -> None:
    """Whatever is edited, moved or switched off later: CloudNativePG leaves a Cluster alone that lacks it."""
    world.lose("database-cluster").settle()
    world.edit(database={"version": 17, "era": 2, "restore": {}}).settle()
    before, store = cluster(world), world.object("database-origin")["spec"]
    world.edit(database={"version": 17, "era": 2})
    world.govern({"database": {"objectStore": {"destinationPath": "s3://elsewhere"}}}).settle()
    assert (cluster(world)["bootstrap"], world.object("database-origin")["spec"]) == (
        before["bootstrap"],
        store,
    )
    world.govern({}).settle()
    assert cluster(world)["externalClusters"] == before["externalClusters"]
    assert world.object("database-origin")["spec"] == store
    assert "retentionPolicy" not in store


def test_database_that_exists_is_never_filled(world: World) -> None:
    """A restore of an existing database changes nothing, and says what to do instead."""
    before = cluster(world)
    world.edit(database={"version": 17, "restore": {"era": 3}}).settle()
    assert cluster(world) == before
    assert world.condition("SpecHonored").reason == "Held"
    assert "database.restore: not applied, the database exists" in world.message
    assert "database-origin" not in world.keys


def test_another_apps_backups_are_restored_to_a_moment() -> None:
    """From a namespace that the platform names, through an ObjectStore of its own."""
    restore = {"app": "crm", "namespace": "sales", "time": "2026-11-24T07:30:00Z"}
    platform = {"database": {"objectStore": STORE, "restoreFrom": ["sales"]}}
    world = World(app(name="crm", restore=restore), platform).settle()
    recovery = cluster(world)["bootstrap"]["recovery"]
    assert recovery["recoveryTarget"] == {"targetTime": "2026-11-24T07:30:00Z"}
    (origin,) = cluster(world)["externalClusters"]
    assert origin["plugin"]["parameters"]["serverName"] == "sales-crm-1-1-pg17"
    store = world.object("database-origin")["spec"]["configuration"]
    assert store["destinationPath"] == "s3://backups/sales"
    condition = world.condition("DatabaseReady")
    assert (condition.status, condition.reason) == ("False", "NotReady")
    assert "recovered from sales-crm-1-1-pg17" in condition.message


@pytest.mark.parametrize(
    ("database", "platform", "message"),
    [
        (
            {"restore": {}, "era": 2},
            {},
            "spec.database.restore: the Platform names no database.objectStore, so there are no backups",
        ),
        (
            {"name": "crm", "restore": {"namespace": "sales"}},
            {"database": {"objectStore": STORE, "restoreFrom": ["ops"]}},
            (
                "spec.database.restore.namespace: the platform lets nobody restore from sales; "
                "besides the app's own it allows: ops"
            ),
        ),
        (
            {"name": "dash", "restore": {"app": "dash"}},
            PLATFORM,
            (
                "spec.database.era: must differ from the era of the backups to restore, because new backups "
                "would get the same name; raise it to 2"
            ),
        ),
        (
            {"restore": {}},
            PLATFORM,
            "spec.database: era must be raised to restore this app's own backups: 2 restores those of era 1",
        ),
        (
            {"restore": {"app": "crm"}},
            PLATFORM,
            (
                "spec.database: name must be given with restore.app or restore.namespace, and be the "
                "name of the database in those backups: under another name it would come up empty"
            ),
        ),
    ],
)
def test_what_cannot_be_restored_is_refused(
    database: dict[str, Any], platform: dict[str, Any], message: str
) -> None:
    """And no empty database is made in its place."""
    world = World(app(**database), platform).settle()
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)
    assert world.keys == set()
