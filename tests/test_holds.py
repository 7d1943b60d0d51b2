"""What can't be undone is held: the rest of an edit goes through, and SpecHonored says what didn't."""

import pytest

from tests.clusters import cluster
from tests.conditions import HONORED, held
from tests.simulator import APP, StatusCondition, World

DATABASE = APP["database"]


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World().settle()


def test_lower_storage_is_held_and_the_app_stays_ready(world: World) -> None:
    """A volume never shrinks, and asking for less is no error."""
    world.edit(database=DATABASE | {"storage": "10Gi"}).settle()
    assert cluster(world)["storage"]["size"] == "20Gi"
    assert world.condition("SpecHonored") == held(
        "database.storage: kept 20Gi, a volume can't shrink to 10Gi"
    )
    assert world.ready
    assert world.message == "database.storage: kept 20Gi, a volume can't shrink to 10Gi"


def test_larger_storage_is_applied(world: World) -> None:
    """A volume grows as it is asked to."""
    world.edit(database=DATABASE | {"storage": "50Gi"}).settle()
    assert cluster(world)["storage"]["size"] == "50Gi"
    assert world.condition("SpecHonored") == HONORED


def test_less_storage_by_profile_is_said_and_honored(world: World) -> None:
    """If no size is written, a larger volume than the default breaks no wish, but it is said."""
    world.edit(environment="dev", database={"version": 17}).settle()
    assert cluster(world)["storage"]["size"] == "20Gi"
    message = "database.storage: kept 20Gi, a volume can't shrink to the default of 5Gi"
    assert world.condition("SpecHonored") == StatusCondition("True", "Honored", message)


def test_renamed_database_is_held(world: World) -> None:
    """A database keeps the name it was made with."""
    world.edit(database=DATABASE | {"name": "metrics"}).settle()
    assert cluster(world)["bootstrap"]["initdb"]["database"] == "dash"
    assert world.status["database"]["name"] == "dash"
    message = "database.name: kept dash, a database can't be renamed to metrics"
    assert world.condition("SpecHonored") == held(message)


def test_storage_class_is_held(world: World) -> None:
    """A volume can't move."""
    world.edit(database=DATABASE | {"storageClass": "fast"}).settle()
    assert "storageClass" not in cluster(world)["storage"]
    message = "database.storageClass: kept the default, a volume can't move to fast"
    assert world.condition("SpecHonored") == held(message)
    world.ask(APP).govern({"database": {"storageClass": "slow"}}).settle()
    assert "storageClass" not in cluster(world)["storage"]
    assert world.condition("SpecHonored") == HONORED


def test_several_holds_are_told_together(world: World) -> None:
    """One message names all that is held."""
    world.edit(database={"storage": "1Gi", "version": 15}).settle()
    assert world.condition("SpecHonored") == held(
        "database.version: kept 17, PostgreSQL can't go back to 15; "
        "database.storage: kept 20Gi, a volume can't shrink to 1Gi"
    )


def test_reverted_hold_is_honored_again(world: World) -> None:
    """A revert of what was held leaves no trace."""
    before, message = world.object("database-cluster")["spec"], world.message
    world.edit(database={"storage": "1Gi", "version": 15}).settle().ask(APP).settle()
    assert cluster(world) == before
    assert world.condition("SpecHonored") == HONORED
    assert world.message == message


@pytest.mark.parametrize("image", [{}, {"image": ""}])
def test_running_image_is_held(world: World, image: dict[str, str]) -> None:
    """An image taken away leaves the running one, and the rest of the edit goes through."""
    world.edit(backend={"env": {"LOG_LEVEL": "debug"}} | image).settle()
    [container] = world.object("backend-deployment")["spec"]["template"]["spec"]["containers"]
    assert container["image"] == "ghcr.io/acme/back:1.0.0"
    assert {"name": "LOG_LEVEL", "value": "debug"} in container["env"]
    message = "backend.image: kept ghcr.io/acme/back:1.0.0, as none is given"
    assert world.condition("SpecHonored") == held(message)
    assert world.ready
