"""BackedUp says without a clock that nobody follows the schedule of the base backups."""

from functools import partial

import pytest

from function.patch import merge
from tests.simulated.server_side_apply import Manifest
from tests.simulator import BACKED_UP, STORED, StatusCondition, World

SCHEDULE = "database-backup-1-1-pg17"
DUE = "2026-01-02T02:00:00Z"


@pytest.fixture
def world() -> World:
    """An app that is backed up."""
    return World(BACKED_UP, STORED).settle()


def due(world: World, moment: str) -> World:
    """From now on the next base backup is due at this moment."""
    return world.play(SCHEDULE, partial(with_status, {"nextScheduleTime": moment})).settle()


def deployed_at(world: World, moment: str) -> World:
    """The backend's rollout ended at this moment."""
    conditions = [{"type": "Available", "status": "True", "lastTransitionTime": moment}]
    return world.play("backend-deployment", partial(with_status, {"conditions": conditions})).settle()


def with_status(status: Manifest, manifest: Manifest) -> Manifest:
    """An object with other fields in its status."""
    return manifest | {"status": manifest.get("status", {}) | status}


@pytest.mark.parametrize("later", ["2026-01-02T03:00:01Z", "2026-03-01T00:00:00+01:00"])
def test_base_backup_that_nobody_begins_is_told(world: World, later: str) -> None:
    """Something of the app happened more than an hour after the base backup was due."""
    due(world, DUE)
    assert world.condition("BackedUp").status == "True"
    deployed_at(world, later)
    why = f"the base backup of {DUE} was never begun; see whether CloudNativePG's operator runs"
    assert world.condition("BackedUp") == StatusCondition("False", "NotScheduled", f"database.backup: {why}")
    assert world.ready
    due(world, "2026-03-02T02:00:00Z")
    assert world.condition("BackedUp").status == "True"


@pytest.mark.parametrize(
    "moment", ["2026-01-02T03:00:00Z", "2026-01-02T02:30:00Z", "yesterday", "2026-01-09"]
)
def test_base_backup_gets_an_hour_to_begin(world: World, moment: str) -> None:
    """Within that hour nothing is said, nor because of what is no moment."""
    due(world, DUE)
    assert deployed_at(world, moment).condition("BackedUp").status == "True"


@pytest.mark.parametrize("moment", ["soon", "2026-01-02"])
def test_due_time_that_cannot_be_read_says_nothing(world: World, moment: str) -> None:
    """People may edit a status: what isn't a moment isn't judged."""
    assert deployed_at(due(world, moment), "2027-01-01T00:00:00Z").condition("BackedUp").status == "True"


def test_sleeping_database_needs_no_base_backup(world: World) -> None:
    """A hibernated database isn't written to, so no base backup is due."""
    world.edit(database=BACKED_UP["database"] | {"hibernate": True}).settle()
    due(world, DUE)
    assert deployed_at(world, "2027-01-01T00:00:00Z").condition("BackedUp").reason != "NotScheduled"


def test_suspension_by_others_is_told(world: World) -> None:
    """A policy that suspends the ScheduledBackup whatever we state ends the base backups."""
    world.play(SCHEDULE, lambda schedule: merge(schedule, {"spec": {"suspend": True}}))
    world.reconcile()
    message = "database.backup: somebody suspends the ScheduledBackup again and again; let it run"
    for _ in range(2):
        world.reconcile()
        assert world.condition("BackedUp") == StatusCondition("False", "NotScheduled", message)
