"""Records and statuses that people damage are read as far as they make sense, and stop nothing."""

import json
from functools import partial

import pytest

from function.components.database.images import major
from function.components.database.server_names import parsed
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, BACKED_UP, STORED, World

DIGITS = "1" * 5000
"""More than Python reads as a number."""
SCHEDULE = "database-backup-1-1-pg17"
WAITS = APP | {"database": {"storage": "20Gi", "version": 18, "storageClass": "fats"}}
"""An app whose volume can't be made."""


def with_status(status: Manifest, manifest: Manifest) -> Manifest:
    """An object with other fields in its status."""
    return manifest | {"status": manifest.get("status", {}) | status}


def stuck() -> World:
    """A world that has no such class."""
    world = World(WAITS)
    world.cnpg.volumes.classes = {"fast"}
    return world.settle()


@pytest.mark.parametrize("due", ["9999-12-31T23:59:59Z", "9999-12-31T23:00:00+00:00"])
def test_a_base_backup_at_the_end_of_time(due: str) -> None:
    """An hour after it there is no time any more. Nothing is overdue before it."""
    world = World(BACKED_UP, STORED).settle()
    world.play(SCHEDULE, partial(with_status, {"nextScheduleTime": due})).settle()
    assert world.condition("BackedUp").status == "True"
    assert world.ready


@pytest.mark.parametrize("record", [f"shop-dash-1-1-pg{DIGITS}", f"shop-dash-1-{DIGITS}-pg17"])
def test_a_server_name_of_absurd_numbers(record: str) -> None:
    """It isn't one of ours, so the function writes its own."""
    world = World(APP).settle()
    right = world.object("database-cluster")["metadata"]["annotations"]["platform.io/server-name"]
    world.hand_edit("database-cluster", {"metadata": {"annotations": {"platform.io/server-name": record}}})
    assert world.settle().ready
    annotations = world.object("database-cluster")["metadata"]["annotations"]
    assert annotations["platform.io/server-name"] == right
    assert parsed(record) is None


@pytest.mark.parametrize("image", [f"r.dev/pg:{DIGITS}", "r.dev/pg:10000000000000000000.1"])
def test_an_image_of_an_absurd_version(image: str) -> None:
    """Its tag names no major, as for CloudNativePG."""
    assert major(image) is None


def test_a_recorded_size_without_quotes() -> None:
    """A number of bytes is a size too, and the same as the one that is asked for."""
    world = stuck()
    record = {"name": "dash", "version": 18, "storage": 20 * 2**30, "storageClass": "fats"}
    world.hand_edit(
        "database-cluster", {"metadata": {"annotations": {"platform.io/made-with": json.dumps(record)}}}
    )
    world.settle()
    assert "made anew" not in world.condition("DatabaseReady").message


def test_names_of_instances_that_are_none() -> None:
    """Whatever they are: there is an instance, so the Cluster may have data and stays."""
    world = stuck()
    uid = world.object("database-cluster")["metadata"]["uid"]
    world.hand_edit("database-cluster", {"status": {"instanceNames": [{"name": "x"}]}})
    world.edit(database=WAITS["database"] | {"storageClass": "fast"}).reconcile()
    assert world.object("database-cluster")["metadata"]["uid"] == uid
