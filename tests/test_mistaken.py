"""What was wrong in the first commit is corrected while no volume was bound, and never once one was."""

from typing import Any

import pytest

from function.patch import merge
from tests.simulated.api_server import Ref
from tests.simulated.operators import asleep
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import Style
from tests.simulator import APP, STORED, World

VOLUME = Ref("PersistentVolumeClaim", "shop", "dash-db-1")
WRONG: dict[str, Any] = {"storage": "20Gi", "version": 18, "storageClass": "fats", "extensions": ["vector"]}
"""A database of a class that doesn't exist."""
CORRECTED: list[dict[str, Any]] = [
    {"storageClass": "fast"},
    {"storageClass": None},
    {"storageClass": "fast", "storage": "5Gi"},
    {"storageClass": "fast", "storage": "1Ti"},
    {"storageClass": "fast", "name": "metrics"},
    {"storageClass": "fast", "version": 17},
]


def stuck(style: Style = "classic", platform: Manifest | None = None, **database: Any) -> World:
    """An app whose first volume can't be made: there are the class fast and a default."""
    world = World(APP | {"database": merge(WRONG, database)}, platform, style=style)
    world.cnpg.volumes.classes = {"fast", None}
    return world.settle()


def correct(world: World, **changes: Any) -> World:
    """Commit other values of the database."""
    return world.edit(database=merge(world.spec["database"], changes))


@pytest.mark.parametrize("changes", CORRECTED)
@pytest.mark.parametrize("style", ["classic", "modern"])
def test_what_was_wrong_in_the_first_commit_is_corrected(style: Style, changes: Manifest) -> None:
    """Class, size, name and version of a Cluster without a volume become what is asked."""
    world = correct(stuck(style), **changes).settle()
    spec, asked = world.object("database-cluster")["spec"], world.spec["database"]
    assert spec["storage"].get("storageClass") == asked.get("storageClass")
    assert spec["storage"]["size"] == asked["storage"]
    assert spec["bootstrap"]["initdb"]["database"] == asked.get("name", "dash")
    assert f"postgresql:{asked['version']}." in spec["imageName"]
    assert world.object("database-extensions")["spec"]["name"] == asked.get("name", "dash")
    assert world.ready
    assert world.condition("SpecHonored").status == "True"
    assert "deletion-protection-database" in world.keys


def test_the_correction_says_what_happens() -> None:
    """While the Cluster is made anew, DatabaseReady says so and why; nothing is held or refused meanwhile."""
    world = correct(stuck(), storageClass="fast")
    said = set()
    for _ in range(4):
        done = world.reconcile()
        assert (done.error, done.refused) == ("", {})
        assert world.condition("SpecHonored").status == "True"
        said.add(world.condition("DatabaseReady").message)
    assert (
        "Cluster dash-db is made anew, as none of its volumes was ever bound, with storageClass: fast" in said
    )


def test_a_class_of_the_platform_is_corrected_too() -> None:
    """A wrong class in the Platform is corrected there, for every app that waits for it."""
    world = stuck(platform={"database": {"storageClass": "fats"}}, storageClass=None)
    world.govern({"database": {"storageClass": "fast"}}).settle()
    assert world.object("database-cluster")["spec"]["storage"]["storageClass"] == "fast"
    assert world.ready


def test_a_volume_that_is_too_large_is_corrected() -> None:
    """A size that no storage has can be lowered while there is no volume."""
    world = World(APP | {"database": {"storage": "1Ti"}})
    world.cnpg.volumes.largest = "500Gi"
    world.settle().edit(database={"storage": "20Gi"}).settle()
    assert world.object("database-cluster")["spec"]["storage"]["size"] == "20Gi"
    assert world.ready


def test_a_recovery_is_made_anew_from_the_same_backups() -> None:
    """A Cluster that waits for its volume to be recovered on is made anew, from the same backups."""
    world = World(APP | {"database": {"storage": "20Gi", "version": 17}}, STORED).settle()
    rows = world.cnpg.rows(Ref("Cluster", "shop", "dash-db"))
    assert rows
    world.cnpg.volumes.classes = {"fast"}
    world.settings = merge(world.settings or {}, {"database": {"era": 2, "recover": True}})
    world.rebuild().settle()
    assert "it is recovered from shop-dash-1-1-pg17" in world.condition("DatabaseReady").message
    world.edit(database={"storage": "20Gi", "version": 17, "storageClass": "fast"}).settle()
    assert world.ready
    assert world.cnpg.rows(Ref("Cluster", "shop", "dash-db"))[: len(rows)] == rows


def test_a_recovery_never_turns_into_an_empty_database() -> None:
    """Once `recover` is off, a new Cluster would be empty: so the one that waits for its volume stays."""
    world = World(APP | {"database": {"storage": "20Gi", "version": 17}}, STORED).settle()
    world.cnpg.volumes.classes = {"fast"}
    world.settings = merge(world.settings or {}, {"database": {"era": 2, "recover": True}})
    world.rebuild().settle()
    uid = world.object("database-cluster")["metadata"]["uid"]
    world.govern(merge(world.settings, {"database": {"recover": False}}))
    world.edit(database={"storage": "20Gi", "version": 17, "storageClass": "fast"}).settle()
    assert world.object("database-cluster")["metadata"]["uid"] == uid
    assert world.condition("SpecHonored").reason == "Held"


STARTED: list[Manifest] = [
    {"currentPrimary": "dash-db-1"},
    {"readyInstances": 1},
    {"timelineID": 1},
    {"instanceNames": ["dash-db-1", "dash-db-2"]},
]


@pytest.mark.parametrize("status", STARTED, ids=[next(iter(each)) for each in STARTED])
def test_nothing_is_made_anew_once_an_instance_started(status: Manifest) -> None:
    """Whatever says that an instance ran keeps the Cluster, even if the first volume looks unbound."""
    world = stuck().play("database-cluster", asleep)
    cluster = world.object("database-cluster")
    world.server.update(
        Ref.of(cluster), "manager", lambda now: now | {"status": now["status"] | status}, "status"
    )
    correct(world, storageClass="fast").settle()
    assert world.object("database-cluster")["metadata"]["uid"] == cluster["metadata"]["uid"]
    assert world.condition("SpecHonored").message.startswith("database.storageClass: kept fats")


BOUND: list[Manifest] = [
    {"status": {"phase": "Bound"}},
    {"status": {"phase": "Lost"}},
    {"spec": {"volumeName": "pvc-1"}},
    {"spec": {"dataSource": {"kind": "VolumeSnapshot", "name": "backup"}}},
]


@pytest.mark.parametrize("change", BOUND, ids=str)
def test_nothing_is_made_anew_once_a_volume_was_bound(change: Manifest) -> None:
    """A volume that is bound or comes from a snapshot keeps its Cluster, before an instance starts on it."""
    world = stuck().play("database-cluster", asleep)
    uid = world.object("database-cluster")["metadata"]["uid"]
    world.server.update(VOLUME, "kube-controller-manager", lambda old: merge(old, change), "status")
    correct(world, storageClass="fast")
    for _ in range(3):
        world.reconcile()
        assert world.object("database-cluster")["metadata"]["uid"] == uid
    assert world.condition("SpecHonored").reason == "Held"


def test_nothing_is_made_anew_unseen() -> None:
    """Without an answer about the volume the Cluster stays."""
    world = stuck()
    world.pipeline.find = lambda selector: []  # type: ignore[method-assign]
    call = correct(world, storageClass="fast").reconcile().calls[0]
    assert "database-volume" not in call.request.required_resources
    assert "database-cluster" in call.response.desired.resources
    assert "deletion-protection-database" in call.response.desired.resources


def test_a_cluster_that_was_brought_back_is_not_made_anew() -> None:
    """A backup tool's Cluster may get volumes with data: it has another uid, so it stays."""
    world = stuck().bring_back_without_volumes()
    uid = world.server.objects[Ref("Cluster", "shop", "dash-db")]["metadata"]["uid"]
    world.play("database-cluster", asleep)
    correct(world, storageClass="fast").settle()
    assert world.server.objects[Ref("Cluster", "shop", "dash-db")]["metadata"]["uid"] == uid
    assert "deletion-protection-database" in world.keys
    assert world.condition("DatabaseReady").reason == "Replaced"


def test_a_new_cluster_waits_until_the_old_volume_is_gone() -> None:
    """CloudNativePG would take a volume that is being deleted for the new Cluster's, so it waits."""
    world = World()
    owner = {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "name": "dash-db", "uid": "gone"}
    metadata = {"name": VOLUME.name, "namespace": VOLUME.namespace, "ownerReferences": [owner]}
    world.apply({"apiVersion": "v1", "kind": VOLUME.kind, "metadata": metadata, "spec": {}})
    world.reconcile()
    assert "database-cluster" not in world.keys
    why = "waits until PersistentVolumeClaim dash-db-1 of the former Cluster is gone"
    assert world.condition("DatabaseReady").message == why
    assert world.settle().ready


def test_a_webhook_that_changes_the_cluster_starts_no_circle() -> None:
    """A Cluster is compared with what was asked when it was made, not with what a webhook made of it."""
    world = stuck()
    world.hand_edit("database-cluster", {"spec": {"storage": {"storageClass": "company"}}})
    uid = world.object("database-cluster")["metadata"]["uid"]
    world.settle()
    assert world.object("database-cluster")["metadata"]["uid"] == uid
