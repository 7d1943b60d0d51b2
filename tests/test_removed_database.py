"""A database that is taken out of a NodeApp stays, unless Delete was written before."""

import pytest

from tests.clusters import cluster
from tests.conditions import HONORED, held
from tests.simulator import APP, StatusCondition, World

DATABASE = APP["database"]
GONE = (
    "database: kept, with its 20Gi of data; "
    "to delete it, first commit database.deletionPolicy: Delete, then remove database"
)
FAMILY = {"database-cluster", "deletion-protection-database", "deletion-protection"}


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World().settle()


def test_removed_database_stays_under_retain(world: World) -> None:
    """Without an explicit Delete the whole database part stays, and the backend stays connected to it."""
    before = world.state
    world.edit(database=None).settle()
    assert world.state == before
    assert world.condition("SpecHonored") == held(GONE)
    assert world.ready


def test_removed_database_stays_without_its_backend(world: World) -> None:
    """What is held needs no backend, though a database that is asked for does."""
    world.edit(database=None, backend=None).settle()
    assert world.keys >= FAMILY
    assert "backend-deployment" not in world.keys
    assert world.condition("BackendReady") == StatusCondition("True", "NotApplicable", "")
    assert world.condition("DatabaseReady") == StatusCondition("True", "Healthy", "")
    assert world.ready


def test_removed_database_keeps_its_last_settings(world: World) -> None:
    """What is held is the database as last asked, not as the profile would have it."""
    world.edit(database=DATABASE | {"instances": 2, "parameters": {"work_mem": "16MB"}}).settle()
    before = cluster(world)
    world.edit(database=None).settle()
    world.reconcile()
    assert cluster(world) == before


def test_database_goes_after_delete_in_words(world: World) -> None:
    """Two commits delete the data: first Delete, then the removal."""
    world.edit(database=DATABASE | {"deletionPolicy": "Delete"}).settle()
    assert not world.keys & (FAMILY - {"database-cluster"})
    assert world.condition("SpecHonored") == HONORED
    world.edit(database=None).settle()
    assert not world.keys & FAMILY
    assert world.condition("DatabaseReady") == StatusCondition("True", "NotApplicable", "")
    assert "database" not in world.status
    assert world.ready


def test_database_removed_in_the_commit_that_says_delete_stays(world: World) -> None:
    """Delete must have been in force: a removed database can't say so any more."""
    world.edit(database=None).settle()
    assert world.keys >= FAMILY


def test_delete_by_profile_is_not_in_words() -> None:
    """A profile's Delete protects nothing from kubectl, but an edit deletes no data without the word."""
    world = World(APP | {"environment": "dev"}).settle()
    assert "deletion-protection" not in world.keys
    world.edit(database=None).settle()
    assert "database-cluster" in world.keys
    assert world.condition("SpecHonored") == held(GONE)


def test_no_profile_loosens_retain(world: World) -> None:
    """A Retain that was in force stays in force until Delete is written in the NodeApp."""
    world.edit(environment="dev").settle()
    assert world.keys >= FAMILY
    assert world.status["database"]["deletionPolicy"] == "Retain"
    world.edit(environment="dev", database=None).settle()
    assert world.keys >= FAMILY


@pytest.mark.parametrize("policy", [None, "Delete", "junk"])
def test_no_hand_loosens_retain(world: World, policy: str | None) -> None:
    """The annotation of the policy in force is a record for people, and the NodeApp's status is another."""
    note = {"metadata": {"annotations": {"platform.io/deletion-policy": policy}}}
    world.edit(environment="dev").settle().hand_edit("database-cluster", note).settle()
    assert world.keys >= FAMILY
    assert (
        world.object("database-cluster")["metadata"]["annotations"]["platform.io/deletion-policy"] == "Retain"
    )


def test_delete_written_by_hand_into_the_record_deletes_nothing(world: World) -> None:
    """Delete must have been committed in the NodeApp while the database was in it."""
    note = {"metadata": {"annotations": {"platform.io/last-requested": '{"deletionPolicy": "Delete"}'}}}
    world.edit(database=None).settle().hand_edit("database-cluster", note).settle().settle()
    assert world.rounds[-1].error == ""
    assert world.keys >= FAMILY
    assert world.condition("SpecHonored") == held(GONE)


def test_removed_database_is_held_in_one_sentence(world: World) -> None:
    """A field that was held isn't reported any more once the spec leaves it out."""
    world.edit(database={"storage": "1Gi", "version": 16}).settle()
    world.edit(database=None).settle()
    assert world.condition("SpecHonored") == held(
        "database: kept, with its 20Gi of data; "
        "to delete it, first commit database.deletionPolicy: Delete, then remove database"
    )
