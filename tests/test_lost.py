"""A database is looked up before it is made, and never made anew by accident."""

import pytest

from tests.clusters import CLUSTER, stray
from tests.simulated.rounds import KubernetesEvent
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World


@pytest.fixture
def world() -> World:
    """An app that has lost its Cluster, and noticed."""
    return World().settle().lose("database-cluster").settle()


def test_cluster_is_looked_up_before_it_is_made() -> None:
    """The API is asked for, then the Cluster, and none is desired before it is known that there is none."""
    first, asks, knows, *_ = World().reconcile().calls
    assert "database-cluster" not in first.response.requirements.resources
    selector = asks.response.requirements.resources["database-cluster"]
    assert (selector.kind, selector.namespace, selector.match_name) == tuple(CLUSTER)
    assert "database-cluster" not in asks.response.desired.resources
    [condition] = [c for c in asks.response.conditions if c.type == "DatabaseReady"]
    assert (condition.reason, condition.message) == (
        "LookingUp",
        "looks for an existing Cluster dash-db first",
    )
    assert knows.request.required_resources["database-cluster"].items == []
    assert "database-cluster" in knows.response.desired.resources


def test_nothing_is_looked_up_once_it_is_composed() -> None:
    """An observed Cluster costs no further calls."""
    world = World().settle()
    assert len(world.reconcile().calls) == 1
    assert not world.rounds[-1].response.HasField("requirements")


def test_looking_up_is_no_event() -> None:
    """A wait that ends within the same reconcile causes no event."""
    assert World(BACKED_UP, STORED).settle().events == []


def test_found_cluster_is_adopted_as_it_is() -> None:
    """A Cluster that nobody owns becomes the app's, and all holds apply to it."""
    world = World()
    before = world.apply(stray())
    world.settle()
    after = world.object("database-cluster")
    assert after["metadata"]["uid"] == before["metadata"]["uid"]
    assert after["spec"]["storage"] == before["spec"]["storage"] | {"resizeInUseVolumes": True}
    assert after["spec"]["bootstrap"] == before["spec"]["bootstrap"]
    assert world.status["database"]["name"] == "old"
    message = "adopted the existing Cluster dash-db as it is: database old, PostgreSQL 16, 80Gi"
    assert KubernetesEvent("Normal", "Adopted", message) in world.events
    assert world.ready


def test_cluster_on_its_way_out_is_waited_for() -> None:
    """A Cluster that is being deleted is neither adopted nor recorded; once it is gone, one is made."""
    world = World(BACKED_UP, STORED)
    world.apply(stray(deletionTimestamp="2026-01-01T00:00:00Z"))
    world.settle()
    message = "waits until the former Cluster dash-db is gone"
    assert world.condition("DatabaseReady") == StatusCondition("False", "Progressing", message)
    assert "uid" not in world.status["database"]
    assert "database-cluster" not in world.keys
    world.server.forget(CLUSTER)
    assert world.settle().ready
    assert world.events == []


def test_adoption_is_told_once() -> None:
    """Once it is composed, nothing is told of how it was found."""
    world = World()
    world.apply(stray())
    world.settle()
    assert [event.reason for event in world.events].count("Adopted") == 1


def test_cluster_of_another_is_a_conflict() -> None:
    """A Cluster that something else owns is neither changed nor replaced."""
    owner = {"apiVersion": "v1", "kind": "X", "name": "x", "uid": "someone", "controller": True}
    world = World()
    before = world.apply(stray(ownerReferences=[owner]))
    world.settle()
    after = world.server.objects[CLUSTER]
    assert after["spec"] == before["spec"]
    assert after["metadata"]["ownerReferences"] == [owner]
    message = "Cluster dash-db belongs to X x; remove it there, or give this app another name"
    assert world.condition("DatabaseReady") == StatusCondition("False", "Conflict", message)
    assert KubernetesEvent("Warning", "Conflict", f"database: {message}") in world.events
    assert not world.ready
    assert "backend-deployment" in world.keys


def test_cluster_taken_over_by_another_is_a_conflict() -> None:
    """Crossplane shows no object that another controls, and its loss isn't taken for the database's."""
    world = World().settle()
    owner = {"kind": "X", "name": "x", "uid": "someone", "controller": True}
    world.hand_edit("database-cluster", {"metadata": {"ownerReferences": [owner]}}).settle()
    assert world.condition("DatabaseReady").reason == "Conflict"
    world.server.forget(CLUSTER)
    world.settle()
    assert world.condition("DatabaseReady").reason == "Lost"


def test_restored_cluster_state_is_adopted() -> None:
    """A new XR that knows nothing finds the database that nobody owns, with all that it holds."""
    world = World(APP | {"database": {"storage": "50Gi", "version": 17}}).settle()
    before = world.object("database-cluster")
    world.restore().edit(database={}).settle()
    after = world.object("database-cluster")
    assert after["metadata"]["uid"] == before["metadata"]["uid"]
    assert after["spec"] == before["spec"]
    assert world.ready


def test_orphaned_database_is_adopted_by_the_next_app_of_its_name() -> None:
    """Deleting an app with its objects orphaned, and making it again, loses nothing."""
    world = World(APP | {"database": {"deletionPolicy": "Delete"}}).settle()
    before = world.object("database-cluster")["metadata"]["uid"]
    world.remove(orphan=True).ask(APP).settle()
    assert world.object("database-cluster")["metadata"]["uid"] == before
