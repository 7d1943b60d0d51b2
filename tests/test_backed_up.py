"""BackedUp is True only while the database could be restored to a moment ago, and Retain means backups."""

from typing import Any

import pytest

from tests.simulated.archives import Archive
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World

DATABASE = BACKED_UP["database"]
STORE, SCHEDULE = "database-objectstore", "database-backup-1-1-pg17"
LATER = "2027-01-01T00:00:00Z"
OFF = StatusCondition(
    "False",
    "NotBackedUp",
    "database.backup: none is made though deletionPolicy is Retain; set database.backup.enabled: true",
)
REMEDY = "to do it all the same, set database.backup.allowReduction: true beside it"


@pytest.fixture
def world() -> World:
    """An app that is backed up."""
    return World(BACKED_UP, STORED).settle()


def archive(world: World) -> Archive:
    """The one in the object store."""
    [archive] = world.cnpg.archives.values()
    return archive


def backed_up(world: World) -> StatusCondition:
    """What BackedUp says at rest."""
    return world.settle().condition("BackedUp")


def test_base_backup_that_is_due_must_be_complete(world: World) -> None:
    """One that hangs, or was never made, isn't covered by the one before it."""
    world.play(SCHEDULE, lambda schedule: schedule | {"status": {"lastScheduleTime": LATER}})
    message = "database.backup: the base backup that is due isn't complete yet"
    assert backed_up(world) == StatusCondition("False", "Progressing", message)
    archive(world).bases.append(LATER)
    assert backed_up(world).status == "True"


def test_base_backup_that_failed_after_the_last_one_is_told(world: World) -> None:
    """Though the Cluster's own condition is still that of an older one."""
    archive(world).failed = LATER
    message = "database.backup: the last base backup failed; kubectl describe backup says why"
    assert backed_up(world) == StatusCondition("False", "BackupFailed", message)
    archive(world).bases.append("2027-01-01T00:00:01Z")
    assert backed_up(world).status == "True"


def test_retain_without_backups_is_told() -> None:
    """It isn't NotApplicable where the data must be kept. The remedy leads to backups."""
    world = World(APP, STORED)
    assert backed_up(world) == OFF
    assert world.ready
    world.edit(database=DATABASE)
    assert backed_up(world) == StatusCondition("True", "Archiving", "")


def test_retain_without_backups_and_without_a_store_names_both() -> None:
    """Following the message ends well."""
    world = World(APP)
    message = OFF.message + ", and name a database.objectStore in the Platform"
    assert backed_up(world) == StatusCondition("False", "NotBackedUp", message)
    world.edit(database=DATABASE | {"backup": {"enabled": True}}).govern(STORED)
    assert backed_up(world).status == "True"


def test_backups_are_not_missed_where_nothing_is_retained() -> None:
    """A database that may be deleted needs none."""
    world = World(APP | {"environment": "dev"}, STORED)
    assert "BackedUp" not in world.settle().types


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("30d", "29d", "30d"),
        ("30d", "4w", "30d"),
        ("30d", "31d", "31d"),
        ("30d", "1m", "1m"),
        ("1m", "31d", "31d"),
        ("1m", "30d", "1m"),
        ("5w", "1m", "5w"),
        ("4w", "28d", "28d"),
        ("60d", None, "60d"),
    ],
)
def test_shorter_retention_is_held_under_retain(before: str, after: str | None, kept: str) -> None:
    """The plugin deletes what is too old within minutes. A month is 31 days, as barman counts."""
    world = World(BACKED_UP | {"database": DATABASE | {"backup": {"retention": before}}}, STORED).settle()
    backup = {"retention": after} if after else {}
    world.edit(database=DATABASE | {"backup": backup}).settle()
    assert world.object(STORE)["spec"]["retentionPolicy"] == kept
    lowered = (
        f"database.backup.retention: kept {before}, {after or '30d'} would delete backups for ever; {REMEDY}"
    )
    held = world.condition("SpecHonored").message
    assert held == (lowered if kept == before and kept != after else "")

    world.edit(database=DATABASE | {"backup": backup | {"allowReduction": True}}).settle()
    assert world.object(STORE)["spec"]["retentionPolicy"] == (after or "30d")
    assert world.condition("SpecHonored").status == "True"


@pytest.mark.parametrize(
    "edit", [{"database": DATABASE | {"backup": {"enabled": False}}}, {"environment": "dev"}]
)
def test_backups_go_on_under_retain(world: World, edit: dict[str, Any]) -> None:
    """Neither a word nor another environment switches them off without allowReduction."""
    world.edit(**edit).settle()
    assert world.object("database-cluster")["spec"]["plugins"]
    assert {STORE, SCHEDULE} <= world.keys
    message = f"database.backup.enabled: kept true, as deletionPolicy is Retain; {REMEDY}"
    assert world.condition("SpecHonored") == StatusCondition("False", "Held", message)
    assert world.condition("BackedUp").status == "True"

    database = edit.get("database", DATABASE)
    backup = database.get("backup", {}) | {"allowReduction": True}
    world.edit(**edit | {"database": database | {"backup": backup}}).settle()
    assert "plugins" not in world.object("database-cluster")["spec"]
    assert not {STORE, SCHEDULE} & world.keys
    assert world.condition("SpecHonored").status == "True"
    assert world.condition("BackedUp") == OFF


def test_a_profile_switches_no_backups_off(world: World) -> None:
    """A platform engineer who takes backups out of a profile stops those of no database under Retain."""
    world.govern(STORED | {"profiles": {"prod": {"database": {"backup": {"enabled": False}}}}}).settle()
    assert {STORE, SCHEDULE} <= world.keys
    assert world.condition("BackedUp").status == "True"


def test_backups_of_a_removed_database_go_on(world: World) -> None:
    """What is kept is kept with its backups, whatever the profile says by then."""
    world.edit(database=None, environment="dev").settle()
    assert {STORE, SCHEDULE} <= world.keys


def test_a_retention_that_cannot_be_read_holds_nothing(world: World) -> None:
    """People may write anything into an ObjectStore."""
    world.hand_edit(STORE, {"spec": {"retentionPolicy": "for ever"}}).settle()
    assert world.object(STORE)["spec"]["retentionPolicy"] == "30d"


@pytest.mark.parametrize("policy", ["Delete", "Retain"])
def test_reduction_is_free_where_delete_is_written(policy: str) -> None:
    """Nothing was promised there."""
    database = DATABASE | {"deletionPolicy": policy}
    world = World(BACKED_UP | {"database": database}, STORED).settle()
    world.edit(database=database | {"backup": {"retention": "7d"}}).settle()
    assert world.object(STORE)["spec"]["retentionPolicy"] == {"Delete": "7d", "Retain": "30d"}[policy]
