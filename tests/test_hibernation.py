"""Hibernation: PostgreSQL and its backend sleep, and wake in order."""

from typing import Any

import pytest

from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import WAKING
from tests.simulated.operators import rolling_out
from tests.simulator import APP, StatusCondition, World

PLATFORM = {"database": {"objectStore": {"destinationPath": "s3://b"}}}
AWAKE: dict[str, Any] = {"storage": "20Gi", "version": 17, "pooler": {}}
ASLEEP = AWAKE | {"hibernate": True}


@pytest.fixture
def world() -> World:
    """An app whose database sleeps."""
    return World(APP | {"database": AWAKE}, PLATFORM).settle().edit(database=ASLEEP).settle()


def test_all_that_needs_the_database_sleeps_with_it(world: World) -> None:
    """On purpose, so that is Ready."""
    assert world.object("database-cluster")["metadata"]["annotations"]["cnpg.io/hibernation"] == "on"
    assert world.object("backend-deployment")["spec"]["replicas"] == 0
    assert world.object("database-pooler")["spec"]["instances"] == 0
    assert world.object("frontend-deployment")["spec"]["replicas"] == 2
    assert world.condition("DatabaseReady") == StatusCondition("True", "Hibernated", "")
    assert world.condition("BackendReady") == StatusCondition(
        "True", "Hibernated", "no pods while the database sleeps"
    )
    assert world.ready
    assert world.message == ""


def test_extensions_wait_for_the_morning(world: World) -> None:
    """CloudNativePG creates one that is asked for meanwhile once the database is awake."""
    world.edit(database=ASLEEP | {"extensions": ["pg_trgm"]}).settle()
    assert world.condition("DatabaseReady") == StatusCondition("True", "Hibernated", "")
    assert "status" not in world.object("database-extensions")
    world.edit(database=AWAKE | {"extensions": ["pg_trgm"]}).settle()
    assert world.object("database-extensions")["status"]["applied"] is True
    assert world.condition("DatabaseReady") == StatusCondition("True", "Healthy", "")


def test_backups_pause_meanwhile() -> None:
    """There is nothing to back up, and nobody to do it."""
    world = World(APP | {"database": {"hibernate": True}}, PLATFORM).settle()
    assert world.object("database-backup-1-1-pg18")["spec"]["suspend"] is True


def test_the_database_wakes_first(world: World) -> None:
    """The backend's pods come back once an instance is ready, not before."""
    world.play("database-cluster", Instances(WAKING, down=9))
    world.edit(database=AWAKE).settle()
    assert "cnpg.io/hibernation" not in world.object("database-cluster")["metadata"]["annotations"]
    assert world.object("backend-deployment")["spec"]["replicas"] == 0
    waiting = StatusCondition("False", "WaitingForDatabase", "waits until the database is awake")
    assert world.condition("BackendReady") == waiting
    assert world.message.startswith("database: ")

    world.play("database-cluster", Instances()).settle()
    assert world.object("backend-deployment")["spec"]["replicas"] == 2
    assert "platform.io/asleep" not in world.object("backend-deployment")["metadata"]["annotations"]
    assert world.ready


def test_a_failing_database_scales_nothing_down() -> None:
    """Only sleep does: a failover must not take the backend away."""
    world = World().settle()
    world.play("database-cluster", Instances("Failing over", down=9)).settle()
    assert world.object("backend-deployment")["spec"]["replicas"] == 2


def test_waking_by_hand_is_not_needed(world: World) -> None:
    """An explicit false ends a hibernation that somebody began by hand; without the field it goes on."""
    by_hand = {"metadata": {"annotations": {"cnpg.io/hibernation": "on"}}}
    world.edit(database=AWAKE).settle().hand_edit("database-cluster", by_hand).settle()
    assert "hibernated by hand" in world.condition("DatabaseReady").message
    world.edit(database=AWAKE | {"hibernate": False}).settle()
    assert world.object("database-cluster")["metadata"]["annotations"]["cnpg.io/hibernation"] == "off"
    assert world.ready


def test_removed_database_sleeps_on(world: World) -> None:
    """What is kept under Retain is kept as it was asked for last."""
    before = world.state["database-cluster"]
    world.edit(database=None).settle()
    assert world.state["database-cluster"] == before
    assert "database-pooler" in world.keys


def test_first_start_waits_for_the_database() -> None:
    """Pods that can't connect yet crash; what is said is why."""
    world = World(APP | {"database": AWAKE}, PLATFORM)
    world.play("database-cluster", Instances("Setting up primary", down=9))
    world.play("backend-deployment", rolling_out(0)).settle()
    assert world.condition("BackendReady") == StatusCondition(
        "False", "WaitingForDatabase", "waiting for the database"
    )
    assert world.events == []
    world.play("database-cluster", Instances()).settle()
    assert world.condition("BackendReady") == StatusCondition(
        "False", "NotReady", "0 of 2 replicas available"
    )
