"""Deleting a retained database, or an app that has one, is refused."""

import pytest

from tests.simulated.api_server import Ref, Refused
from tests.simulated.simulation import Style
from tests.simulator import APP, World

REASON = (
    'with reason: "database dash of NodeApp shop/dash has deletionPolicy Retain: '
    'commit database.deletionPolicy: Delete first".'
)


@pytest.fixture
def world() -> World:
    """An app that has lost its Cluster, and noticed."""
    return World().settle().lose("database-cluster").settle()


def test_database_that_could_go_is_not_missed() -> None:
    """Under Delete nobody was promised anything; a Retain that is written afterwards is for the next one."""
    world = World(APP | {"database": {"deletionPolicy": "Delete"}}).settle().lose("database-cluster")
    world.edit(database={"deletionPolicy": "Retain"}).settle()
    assert world.condition("DatabaseReady").status == "True"
    assert {event.reason for event in world.events}.isdisjoint({"Lost", "Replaced"})
    assert (
        world.object("database-cluster")["metadata"]["annotations"]["platform.io/deletion-policy"] == "Retain"
    )


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
def test_crossplane_adds_nothing_to_a_usage(style: Style) -> None:
    """It would annotate each with the reason, and that write is an event that causes a reconcile."""
    world = World(style=style).settle()
    usages = [world.object(key) for key in world.keys if key.startswith("deletion-protection")]
    assert len(usages) == {"classic": 4, "modern": 2}[style]
    for usage in usages:
        details = usage["metadata"]["annotations"]["crossplane.io/usage-details"]
        assert details == usage["spec"]["reason"]


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
