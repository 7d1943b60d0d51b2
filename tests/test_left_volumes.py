"""A Cluster that was deleted without its volumes: the message says how the app gets them back."""

import pytest

from function.app import Observed
from function.components.database.keys import VOLUME
from function.components.database.volume import is_left
from function.patch import merge
from tests.clusters import CLUSTER, rows, uid
from tests.simulated.api_server import Ref
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import Style
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World

TAKEN: Manifest = {
    "labels": {"cnpg.io/cluster": "dash-db"},
    "annotations": {"cnpg.io/nodeSerial": "1"},
}
"""What a volume has that CloudNativePG gives to the next Cluster."""
OTHERS: dict[str, Manifest] = {
    "no label": {"labels": None},
    "no number": {"annotations": None},
    "owned": {"ownerReferences": [{"kind": "Cluster", "name": "dash-db", "uid": "gone"}]},
    "leaving": {"deletionTimestamp": "2026-01-01T00:00:00Z"},
}
"""How volumes differ that it doesn't take."""


def left(style: Style = "classic") -> World:
    """An app whose Cluster somebody deleted with --cascade=orphan."""
    world = World(BACKED_UP, STORED, style=style).settle()
    return world.delete_cluster_alone().settle()


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_volumes_that_are_left_are_told(style: Style) -> None:
    """Nothing is made in the Cluster's place, and nobody is sent to older backups."""
    world = left(style)
    message = (
        f"Cluster dash-db (uid {uid(world)}) is gone though deletionPolicy is Retain, but its volumes are "
        "there: CloudNativePG gives them, with all data, to the Cluster that is made once the NodeApp has "
        f"the annotation platform.io/accept-data-loss: {uid(world)}; set database.era: 2 in the same commit, "
        "as its backups begin anew"
    )
    assert world.condition("DatabaseReady") == StatusCondition("False", "Lost", message)
    assert world.message == f"database: {message}"
    assert "database-cluster" not in world.keys


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_the_next_cluster_takes_them(style: Style) -> None:
    """With what the message names, the app has all its data, is Ready and backed up."""
    world = World(BACKED_UP, STORED, style=style).settle()
    before, lost = list(world.cnpg.rows(CLUSTER)), uid(world)
    world.delete_cluster_alone().settle().annotate(accept_data_loss=lost)
    world.edit(database=BACKED_UP["database"] | {"era": 2}).settle()
    assert world.cnpg.rows(CLUSTER)[: len(before)] == before
    assert uid(world) != lost
    assert world.ready
    assert world.condition("BackedUp").status == "True"


def test_no_era_is_asked_for_where_there_are_no_backups() -> None:
    """Nothing is in the way of a database that isn't backed up."""
    world = World(APP).settle().delete_cluster_alone().settle()
    message = world.condition("DatabaseReady").message
    assert message.endswith(f"the annotation platform.io/accept-data-loss: {uid(world)}")


@pytest.mark.parametrize("other", OTHERS)
def test_only_what_cloudnativepg_takes_is_counted_on(other: str) -> None:
    """A volume of nobody's, or one that goes, brings no data back."""
    for metadata, taken in ((TAKEN, True), (merge(TAKEN, OTHERS[other]), False)):
        looked_up = Observed(xr={}, composed={}, required={VOLUME: [{"metadata": metadata}]})
        assert is_left(looked_up) is taken


def test_a_volume_that_is_not_taken_leads_to_the_backups() -> None:
    """The way to the data is then that of any loss."""
    world = left()
    unnumbered = {"metadata": {"annotations": None}}
    world.server.update(
        Ref("PersistentVolumeClaim", "shop", "dash-db-1"), "kubectl", lambda old: merge(old, unnumbered)
    )
    message = world.settle().condition("DatabaseReady").message
    assert "; to recover it from backups, set database.era: 2 and database.restore: {}; " in message


def test_volumes_that_go_with_their_cluster_are_not_counted_on() -> None:
    """A Cluster that is deleted as usual takes its volumes along."""
    world = World(BACKED_UP, STORED).settle().lose("database-cluster").settle()
    assert rows(world) == 0
    assert "no empty one is made in its place" in world.condition("DatabaseReady").message
