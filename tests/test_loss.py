"""A lost database is never made anew unless its loss is accepted."""

import pytest

from tests.clusters import stray, uid
from tests.simulator import APP, StatusCondition, World


def lost(uid: str) -> StatusCondition:
    """What DatabaseReady says of a lost Cluster."""
    message = (
        f"Cluster dash-db (uid {uid}) is gone though deletionPolicy is Retain, and no empty one is made in "
        f"its place; to accept the loss, annotate the NodeApp with platform.io/accept-data-loss: {uid}"
    )
    return StatusCondition("False", "Lost", message)


@pytest.fixture
def world() -> World:
    """An app that has lost its Cluster, and noticed."""
    return World().settle().lose("database-cluster").settle()


def test_lost_cluster_is_not_made_anew(world: World) -> None:
    """Under Retain an empty database never takes the place of a lost one."""
    assert "database-cluster" not in world.keys
    assert world.condition("DatabaseReady") == lost(uid(world))
    assert not world.ready
    assert world.message == f"database: {lost(uid(world)).message}"
    assert [event.reason for event in world.events] == ["NotBackedUp", "Lost"]


def test_usages_of_a_lost_cluster_stay(world: World) -> None:
    """While the database is lost, what protects it stays."""
    protection = {"", "-database", "-xr", "-namespace"}
    assert world.keys >= {f"deletion-protection{what}" for what in protection}


def test_loss_stays_on_record(world: World) -> None:
    """Neither time nor edits make the app forget what it lost."""
    before = uid(world)
    world.edit(environment="dev").settle()
    assert world.condition("DatabaseReady") == lost(before)
    world.edit(environment="dev", database=None).settle()
    assert world.condition("DatabaseReady").reason == "NotApplicable"
    world.ask(APP).settle()
    assert world.condition("DatabaseReady") == lost(before)
    world.edit(team="Not A Label").settle().ask(APP).settle()
    assert world.condition("DatabaseReady") == lost(before)


def test_loss_is_accepted_by_uid(world: World) -> None:
    """Who names the lost Cluster's uid gets an empty database."""
    world.annotate(accept_data_loss=uid(world)).settle()
    assert world.condition("DatabaseReady") == StatusCondition("True", "Healthy", "")
    assert uid(world) == world.object("database-cluster")["metadata"]["uid"]
    assert world.ready


@pytest.mark.parametrize("other", ["true", "yes", "", "00000000-0000-4000-8000-000000000000"])
def test_loss_is_accepted_by_uid_only(world: World, other: str) -> None:
    """No other word accepts a loss."""
    world.annotate(accept_data_loss=other).settle()
    assert world.condition("DatabaseReady") == lost(uid(world))


def test_accepted_loss_is_accepted_once(world: World) -> None:
    """The annotation of an old loss, forgotten in Git, doesn't accept a new one."""
    world.annotate(accept_data_loss=uid(world)).settle().lose("database-cluster").settle()
    assert world.condition("DatabaseReady") == lost(uid(world))


def test_lost_cluster_that_comes_back_is_adopted(world: World) -> None:
    """A Cluster restored under its name is the app's again."""
    world.apply(stray())
    world.settle()
    assert world.condition("DatabaseReady") == StatusCondition("True", "Healthy", "")
    assert world.object("database-cluster")["spec"]["storage"]["size"] == "80Gi"


def test_lost_cluster_is_made_anew_where_delete_was_written() -> None:
    """Under an explicit Delete a lost Cluster is created again."""
    world = World(APP | {"database": {"deletionPolicy": "Delete"}}).settle().lose("database-cluster").settle()
    assert world.condition("DatabaseReady") == StatusCondition("True", "Healthy", "")


def test_lost_cluster_is_made_anew_where_retain_never_was_in_force() -> None:
    """A dev database may be deleted with kubectl to start afresh."""
    world = World(APP | {"environment": "dev"}).settle().delete("database-cluster").settle()
    assert world.condition("DatabaseReady") == StatusCondition("True", "Healthy", "")


def test_deleted_in_words_and_asked_for_again_is_new() -> None:
    """A database let go on purpose isn't missed."""
    world = World(APP | {"database": {"deletionPolicy": "Delete"}}).settle()
    world.edit(database=None).settle().ask(APP).settle()
    assert world.condition("DatabaseReady") == StatusCondition("True", "Healthy", "")


def test_wiped_status_loses_nothing() -> None:
    """What is held is read from the Cluster itself, so a lost status changes nothing."""
    world = World().settle()
    before, status = world.state, world.status
    world.wipe_status().settle()
    assert world.state == before
    assert world.status | {"conditions": []} == status | {"conditions": []}
