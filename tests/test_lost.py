"""A database is looked up before it is made, and never made anew by accident."""

from typing import Any

import pytest

from tests.simulated.api_server import Ref, Refused
from tests.simulated.rounds import KubernetesEvent
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import Style
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World

CLUSTER = Ref("Cluster", "shop", "dash-db")
REASON = (
    'with reason: "database dash of NodeApp shop/dash has deletionPolicy Retain: '
    'commit database.deletionPolicy: Delete first".'
)


def stray(**metadata: Any) -> Manifest:
    """A Cluster of the app's name that the app didn't compose."""
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": {"name": "dash-db", "namespace": "shop"} | metadata,
        "spec": {
            "imageName": "ghcr.io/cloudnative-pg/postgresql:16.4",
            "instances": 1,
            "storage": {"size": "80Gi", "storageClass": "fast"},
            "bootstrap": {"initdb": {"database": "old", "owner": "old"}},
        },
    }


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


def uid(world: World) -> str:
    """The recorded uid of the Cluster."""
    recorded: str = world.status["database"]["uid"]
    return recorded


def test_database_that_could_go_is_not_missed() -> None:
    """Under Delete nobody was promised anything; a Retain that is written afterwards is for the next one."""
    world = World(APP | {"database": {"deletionPolicy": "Delete"}}).settle().lose("database-cluster")
    world.edit(database={"deletionPolicy": "Retain"}).settle()
    assert world.condition("DatabaseReady").status == "True"
    assert {event.reason for event in world.events}.isdisjoint({"Lost", "Replaced"})
    assert (
        world.object("database-cluster")["metadata"]["annotations"]["platform.io/deletion-policy"] == "Retain"
    )


def test_cluster_is_looked_up_before_it_is_made() -> None:
    """The first answer asks for the Cluster and desires none; the second one knows that there is none."""
    asks, knows, *_ = World().reconcile().calls
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
    message = "Cluster dash-db belongs to something else; remove it there, or give this app another name"
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


def test_wiped_status_loses_nothing() -> None:
    """What is held is read from the Cluster itself, so a lost status changes nothing."""
    world = World().settle()
    before, status = world.state, world.status
    world.wipe_status().settle()
    assert world.state == before
    assert world.status | {"conditions": []} == status | {"conditions": []}


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_deleting_a_retained_cluster_is_refused(style: Style) -> None:
    """While Retain is in force nobody deletes the Cluster, and the refusal says what to do."""
    world = World(style=style).settle()
    with pytest.raises(Refused) as refusal:
        world.delete("database-cluster")
    assert str(refusal.value).endswith(REASON)


def test_two_apps_never_share_a_usage() -> None:
    """An app may be named as the database of another one: what protects the two has names of its own."""

    def usages(app: str) -> set[Ref]:
        world = World(name=app).settle()
        return {ref for ref in world.composed().values() if ref.kind == "Usage"}

    assert not usages("dash") & usages("dash-db")


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_deleting_an_app_with_a_retained_database_is_refused(style: Style) -> None:
    """While Retain is in force nobody deletes the NodeApp, and the refusal says what to do."""
    world = World(style=style).settle()
    with pytest.raises(Refused) as refusal:
        world.remove()
    assert str(refusal.value).endswith(REASON)
    assert world.reconcile().error == ""


def test_deleting_an_app_after_delete_in_words_takes_all() -> None:
    """Once Delete is in force, the NodeApp goes with all it composed."""
    world = World(APP | {"database": {"deletionPolicy": "Delete"}}).settle().remove()
    assert not world.server.objects
