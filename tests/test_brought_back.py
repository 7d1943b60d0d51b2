"""A Cluster that a backup tool makes of the manifest of a lost one doesn't pass for it: it is empty."""

import pytest

from tests.simulator import APP, World

PLATFORM = {"database": {"objectStore": {"destinationPath": "s3://backups"}}}


def uid(world: World) -> str:
    """The uid of the Cluster."""
    text: str = world.object("database-cluster")["metadata"]["uid"]
    return text


def brought_back(record: str, **database: str) -> tuple[World, str]:
    """An app whose Cluster came back without its volumes, and the uid of the former one."""
    world = World(APP | {"database": APP["database"] | {"backup": {"enabled": True}} | database}, PLATFORM)
    former = uid(world.settle().settle())
    world.bring_back_without_volumes()
    if record == "lost with the cluster":
        world.wipe_status()
    return world.settle(), former


@pytest.mark.parametrize("record", ["kept", "lost with the cluster"])
def test_a_cluster_brought_back_without_its_volumes_is_never_fine(record: str) -> None:
    """Under Retain it is Replaced, whether the status survived or not, until the loss is accepted."""
    world, former = brought_back(record)
    condition = world.condition("DatabaseReady")
    assert (condition.status, condition.reason) == ("False", "Replaced")
    assert f"platform.io/accept-data-loss: {former}" in condition.message
    assert not world.ready
    assert world.status["database"]["uid"] == former
    world.annotate(accept_data_loss=former).settle()
    assert world.condition("DatabaseReady").status == "True"
    assert world.status["database"]["uid"] == uid(world) != former


@pytest.mark.parametrize("record", ["kept", "lost with the cluster"])
def test_another_era_does_not_hide_that_a_cluster_was_brought_back_empty(record: str) -> None:
    """The archive belongs to the former Cluster, and a new name for it brings no rows back."""
    world, _ = brought_back(record)
    world.edit(database=world.spec["database"] | {"era": 2}).settle()
    assert world.condition("DatabaseReady").reason == "Replaced"


@pytest.mark.parametrize("record", ["kept", "lost with the cluster"])
def test_rows_of_a_cluster_that_came_back_empty_are_recovered(record: str) -> None:
    """In the commits that its message names, from the first time it is seen."""
    world, _ = brought_back(record)
    message = world.condition("DatabaseReady").message
    assert message.endswith("then add it again with version: 17, era: 2 and restore: {}")
    kept = [archive.rows for archive in world.cnpg.archives.values()]
    database = {"version": 17, "deletionPolicy": "Delete"}
    world.edit(database=database).settle().edit(database=None).settle()
    world.edit(database={"version": 17, "era": 2, "restore": {}}).settle()
    assert world.ready
    assert world.cnpg.rows(world.where("database-cluster"))[: len(kept[0])] == kept[0]
    assert kept[0]


def test_where_delete_is_written_a_cluster_may_be_made_anew() -> None:
    """Nothing has to be kept there."""
    world, former = brought_back("kept", deletionPolicy="Delete")
    assert world.condition("DatabaseReady").status == "True"
    assert uid(world) != former
