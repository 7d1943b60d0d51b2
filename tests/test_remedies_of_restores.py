"""What messages about restore, era and recover advise is done here, word by word, to its good end."""

from typing import Any

import pytest

from tests.clusters import CLUSTER
from tests.recoveries import LENT, era_of_platform, lost, recovered
from tests.simulated.simulation import Style
from tests.simulator import BACKED_UP, STORED, StatusCondition, World

DATABASE = BACKED_UP["database"]
OTHER = {"version": 17, "name": "crm", "restore": {"app": "crm", "namespace": "sales"}}


@pytest.fixture
def crm() -> World:
    """An app that was filled from another one's backups, which are still there, and then lost its Cluster."""
    world = World(BACKED_UP, LENT, name="crm", namespace="sales").settle()
    archives = world.cnpg.archives
    world = World(BACKED_UP | {"database": OTHER}, LENT)
    world.cnpg.archives |= archives
    world.settle()
    assert world.ready
    return world.lose("database-cluster").settle()


@pytest.mark.parametrize("platform", [LENT, era_of_platform(2), era_of_platform(5)])
def test_restore_that_made_a_lost_database_is_stale(crm: World, platform: dict[str, Any]) -> None:
    """No era of the platform lets it fill the database again with another app's rows."""
    crm.govern(platform)
    lost(crm, "database.era: 2 and database.restore: {}")
    crm.edit(database={"version": 17, "name": "crm", "era": 2, "restore": {}}).settle()
    assert crm.ready
    [source] = crm.object("database-cluster")["spec"]["externalClusters"]
    assert source["plugin"]["parameters"]["serverName"] == "shop-dash-1-1-pg17"


def test_restore_of_another_under_a_raised_era_is_meant(crm: World) -> None:
    """Era and restore in words say that those rows are wanted."""
    crm.edit(database=OTHER | {"era": 2}).settle()
    [source] = crm.object("database-cluster")["spec"]["externalClusters"]
    assert source["plugin"]["parameters"]["serverName"] == "sales-crm-1-1-pg17"


def test_accepted_loss_is_not_filled_by_a_stale_restore(crm: World) -> None:
    """Who accepts a loss gets an empty database."""
    crm.annotate(accept_data_loss=crm.status["database"]["uid"]).settle()
    assert "initdb" in crm.object("database-cluster")["spec"]["bootstrap"]


@pytest.mark.parametrize("era", [{}, {"era": 2}], ids=["held", "held-with-its-era"])
@pytest.mark.parametrize("platform", [LENT, era_of_platform(2)], ids=["same", "risen"])
def test_restore_that_was_held_is_stale(era: dict[str, int], platform: dict[str, Any]) -> None:
    """It was written for a database that existed, and wasn't applied. Only a higher era means it."""
    world = World(BACKED_UP, LENT).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.edit(database=OTHER | {"name": "dash"} | era).settle()
    assert "database.restore: not applied" in world.condition("SpecHonored").message
    world.lose("database-cluster").govern(platform)
    higher = era.get("era", 1) + 1
    restore = "{}" if higher == 2 else "{era: 1}"
    lost(world, f"database.era: {higher} and database.restore: {restore}")
    world.edit(database={"version": 17, "era": higher, "restore": {"era": 1}})
    recovered(world, held)


def test_era_that_is_advised_counts() -> None:
    """An era that was held and taken back is used up; one that was raised after the loss isn't."""
    world = World(BACKED_UP, STORED).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.edit(database=DATABASE | {"era": 2}).settle().edit(database=DATABASE).settle()
    world.lose("database-cluster")
    lost(world, "database.era: 3 and database.restore: {era: 1}")
    world.edit(database=DATABASE | {"era": 3})
    lost(world, "database.era: 3 and database.restore: {era: 1}")
    world.edit(database=DATABASE | {"era": 3, "restore": {"era": 1}})
    recovered(world, held)


@pytest.mark.parametrize("stale", [{}, {"restore": OTHER["restore"], "name": "dash"}])
def test_platform_that_recovers_fills_a_lost_database_with_its_own_rows(stale: dict[str, Any]) -> None:
    """From where they are on record, however often the platform's era rose."""
    world = World(BACKED_UP, LENT).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.edit(database=DATABASE | stale).settle().lose("database-cluster").settle()
    world.govern(era_of_platform(4, recover=True)).settle()
    [source] = world.object("database-cluster")["spec"]["externalClusters"]
    assert source["plugin"]["parameters"]["serverName"] == "shop-dash-1-1-pg17"
    assert len(world.cnpg.rows(CLUSTER)) > held
    assert world.ready
    assert world.status["database"]["serverName"] == "shop-dash-4-1-pg17"


def test_loss_while_the_platform_recovers_has_a_way_on() -> None:
    """What the message says goes before the platform's recovery, which knows an older archive only."""
    platform = era_of_platform(2)
    world = World(BACKED_UP, platform).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.govern(era_of_platform(2, recover=True)).settle().lose("database-cluster")
    lost(world, "database.era: 2 and database.restore: {}")
    world.edit(database=DATABASE | {"era": 2, "restore": {}})
    recovered(world, held)
    [source] = world.object("database-cluster")["spec"]["externalClusters"]
    assert source["plugin"]["parameters"]["serverName"] == "shop-dash-2-1-pg17"


def test_recovery_of_an_unwritten_version_waits_for_it() -> None:
    """Backups are found under their major. Once it is written they are recovered."""
    world = World(BACKED_UP, STORED).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.spec["database"] = {}
    world.govern(era_of_platform(2, recover=True))
    world.rebuild().settle()
    message = (
        "database.version must be written, as the PostgreSQL major is part of the name of the backups to "
        "recover from, and no empty database is made"
    )
    assert world.condition("DatabaseReady") == StatusCondition("False", "VersionUnknown", message)
    assert "database-cluster" not in world.keys
    world.edit(database={"version": 17})
    recovered(world, held)


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_restore_of_an_existing_database_is_done_in_three_commits(style: Style) -> None:
    """As the message of the held restore says."""
    world = World(BACKED_UP, STORED, style=style).settle()
    world.edit(database=DATABASE | {"restore": {"era": 3}}).settle()
    assert world.condition("SpecHonored").message == (
        "database.restore: not applied, the database exists; restore into an app that has none yet, or first "
        "commit database.deletionPolicy: Delete, then remove database, then add it with restore"
    )
    held = len(world.cnpg.rows(CLUSTER))
    world.edit(database=DATABASE | {"deletionPolicy": "Delete"}).settle().edit(database=None).settle()
    world.edit(database=DATABASE | {"era": 2, "restore": {}})
    recovered(world, held)
