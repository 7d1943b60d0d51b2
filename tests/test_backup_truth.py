"""Each sign of a failed backup counts, and no edit or spelling leads away from the archive."""

from typing import Any

import pytest

from tests.adopted_clusters import MAKES, NO_ARCHIVES, made
from tests.simulated.cnpg import with_conditions
from tests.simulated.cnpg_instances import replaced
from tests.simulated.conditions import condition
from tests.simulated.operators import healthy
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World

EDITS: list[Manifest] = [
    {"backup": {"enabled": True}},
    {"instances": 3, "resources": {"requests": {"memory": "8Gi"}}, "parameters": {"work_mem": "16MB"}},
]


def adopting(make: str, **database: Any) -> World:
    """An app with this database, which finds a Cluster of this make."""
    world = World(APP | {"database": database}, STORED)
    uid = world.apply(made(make))["metadata"]["uid"]
    world.cnpg.data[uid] = []  # It runs already, however it was made.
    return world.settle()


def test_failed_base_backup_is_told_by_the_cluster_alone() -> None:
    """The plugin's ObjectStore may still show nothing but the one before."""
    world = World(BACKED_UP, STORED).settle()

    def failing(cluster: Manifest) -> Manifest:
        done = healthy(cluster)
        failed = condition("LastBackupSucceeded", "False", "LastBackupFailed", "no space left")
        return with_conditions(done, replaced(done["status"]["conditions"], failed))

    world.play("database-cluster", failing).settle()
    [window] = world.object("database-objectstore")["status"]["serverRecoveryWindow"].values()
    assert "lastFailedBackupTime" not in window
    message = "database.backup: the last base backup failed: no space left"
    assert world.condition("BackedUp") == StatusCondition("False", "BackupFailed", message)


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("edit", EDITS, ids=["backed up", "tuned"])
def test_adopted_database_is_kept_with_all_that_was_asked_for_it(make: str, edit: Manifest) -> None:
    """Taken out of the spec it stays as it is: archived, tuned and watched as before."""
    world = adopting(make).edit(database=edit).settle()
    before, backed_up = world.state, world.condition("BackedUp")
    world.edit(database=None).settle()
    assert world.state == before
    assert world.condition("BackedUp") == backed_up
    assert make not in NO_ARCHIVES or edit != EDITS[0] or backed_up.status == "True"


@pytest.mark.parametrize("path", ["s3://backups", "s3://backups/", "s3://backups//"])
def test_folder_of_a_namespace_is_the_same_with_or_without_a_slash(path: str) -> None:
    """A slash at the end of the Platform's path leads to no folder without a name."""
    platform = {"database": {"objectStore": {"destinationPath": path}}}
    world = World(BACKED_UP, platform).settle()
    configuration = world.object("database-objectstore")["spec"]["configuration"]
    assert configuration["destinationPath"] == "s3://backups/shop"
