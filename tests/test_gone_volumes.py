"""A Cluster whose volumes are gone: CloudNativePG makes no empty ones, and the message says what helps."""

import pytest

from tests.clusters import CLUSTER, rows
from tests.conditions import not_ready
from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import UNRECOVERABLE
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, BACKED_UP, STORED, World

WHY = "One or more instances were previously created, but no PersistentVolumeClaims (PVCs) exist."
GONE = "its volumes are gone, and with them all data that isn't in backups"
COMMITS = "first commit database.deletionPolicy: Delete, then remove database, then add it again"


def without_volumes(manifest: Manifest) -> Manifest:
    """What CloudNativePG says of a Cluster that ran, and whose volumes somebody deleted."""
    told = broken(manifest)
    return told | {"status": {key: item for key, item in told["status"].items() if key != "instanceNames"}}


broken = Instances(UNRECOVERABLE, WHY, down=9)
"""A Cluster one of whose jobs has failed for good."""


@pytest.mark.parametrize(
    ("spec", "remedy"),
    [
        (BACKED_UP, f"to recover it from backups, {COMMITS} with version: 17, era: 2 and restore: {{}}"),
        (APP, f"to begin with an empty one, {COMMITS}"),
    ],
    ids=["backed up", "not backed up"],
)
def test_volumes_that_are_gone_are_told_with_the_remedy(spec: Manifest, remedy: str) -> None:
    """The message has the commits that bring the database back, in the words of a NodeApp."""
    platform = STORED if spec is BACKED_UP else None
    world = World(spec, platform).settle().play("database-cluster", without_volumes).settle()
    assert world.condition("DatabaseReady") == not_ready(f"{GONE}; {remedy}")


def test_a_failed_job_beside_volumes_is_not_taken_for_it() -> None:
    """The phase is the same. To delete that database would lose what its primary serves."""
    world = World(BACKED_UP, STORED).settle().play("database-cluster", broken).settle()
    assert world.condition("DatabaseReady") == not_ready(f"phase '{UNRECOVERABLE}': {WHY}")


def test_the_commits_that_the_message_names_bring_the_rows_back() -> None:
    """Three commits, after which the app has what was archived."""
    world = World(BACKED_UP, STORED).settle()
    held = rows(world)
    world.play("database-cluster", without_volumes).settle()
    database = BACKED_UP["database"] | {"deletionPolicy": "Delete"}
    world.edit(database=database).settle().edit(database=None).settle()
    assert world.server.get(CLUSTER) is None
    world.parts.clear()
    world.edit(database=database | {"version": 17, "era": 2, "restore": {}}).settle()
    assert rows(world) > held
    assert world.ready
