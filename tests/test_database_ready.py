"""DatabaseReady names what keeps a database from being ready."""

import pytest

from tests.conditions import not_ready, progressing
from tests.simulated.cnpg_instances import Instances
from tests.simulated.operators import (
    asleep,
    failing_upgrade,
    healthy,
    switching_over,
)
from tests.simulator import BACKED_UP as APP
from tests.simulator import STORED, StatusCondition, World

AVAILABLE = StatusCondition("True", "Available", "")


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World(APP, STORED).settle()


def test_database_that_is_being_made() -> None:
    """CloudNativePG's phase is repeated. Nothing counts its instances: each count would be written."""
    world = World(APP, STORED)
    for phase, down, primary in (("Setting up primary", 9, None), ("Creating a new replica", 1, "dash-db-1")):
        world.play("database-cluster", Instances(phase, "instance by instance", down)).settle()
        assert world.condition("DatabaseReady") == not_ready(f"phase '{phase}'")
        assert world.message == f"database: phase '{phase}'"
        database = world.status["database"]
        assert (database["phase"], database.get("ready"), database.get("primary")) == (phase, None, primary)
    assert world.play("database-cluster", healthy).settle().ready


def test_database_that_nobody_takes_up() -> None:
    """A Cluster without a status says so. It only waits: each new one is like that for a moment, and a reason
    that means more would be a Warning for each new app."""
    world = World(APP, STORED).play("database-cluster", asleep).settle()
    assert world.condition("DatabaseReady") == progressing("CloudNativePG hasn't taken it up yet")


def test_switchover(world: World) -> None:
    """A switchover is told, and the rest of the app goes on."""
    world.play("database-cluster", switching_over).settle()
    assert world.condition("DatabaseReady") == not_ready("phase 'Switchover in progress'")
    assert world.status["database"]["ready"] == 2
    assert world.condition("BackendReady") == AVAILABLE
    assert not world.ready


def test_failed_upgrade(world: World) -> None:
    """A failed upgrade shows the phase it hangs in, the data's version, and that it is the way back."""
    world.play("database-cluster", failing_upgrade).edit(database={"version": 18}).settle()
    assert world.condition("DatabaseReady") == not_ready(
        "phase 'Upgrading Postgres major version': Upgrading cluster to major version 18; if the Job "
        "dash-db-1-major-upgrade failed, database.version: 17 brings the database back"
    )
    assert world.status["database"]["version"] == 17


def test_image_that_nobody_takes_up(world: World) -> None:
    """Until CloudNativePG begins an upgrade, its phase is the healthy one of before."""
    before = world.status["database"]["image"]
    world.play("database-cluster", asleep).edit(database={"version": 18}).settle()
    after = world.object("database-cluster")["spec"]["imageName"]
    assert world.condition("DatabaseReady") == not_ready(f"runs {before}, and not yet {after}")
    assert not world.ready


def test_too_few_instances(world: World) -> None:
    """CloudNativePG's Ready isn't enough: all instances must be."""

    def short(cluster: dict[str, object]) -> dict[str, object]:
        done = healthy(cluster)
        return done | {"status": done["status"] | {"readyInstances": 2}}

    world.play("database-cluster", short).settle()
    assert world.condition("DatabaseReady") == not_ready("2 of 3 instances ready")


def test_database_hibernated_by_hand(world: World) -> None:
    """What was put to sleep by hand is left alone, and the message says how to wake it."""
    world.hand_edit("database-cluster", {"metadata": {"annotations": {"cnpg.io/hibernation": "on"}}}).settle()
    assert world.condition("DatabaseReady") == not_ready(
        "hibernated by hand; annotate the Cluster with cnpg.io/hibernation: off to wake it"
    )
