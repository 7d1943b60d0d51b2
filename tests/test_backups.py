"""Backups: what is made of them, and whether BackedUp tells the truth."""

from typing import Any

import pytest

from tests.recoveries import app
from tests.simulated.cnpg_instances import Instances
from tests.simulated.operators import asleep
from tests.simulator import StatusCondition, World

STORE = {"destinationPath": "s3://backups/prod/", "s3Credentials": {"inheritFromIAMRole": True}}
PLATFORM: dict[str, Any] = {"database": {"objectStore": STORE}}


@pytest.fixture
def world() -> World:
    """An app that is backed up."""
    return World(app(), PLATFORM).settle()


def test_prod_is_backed_up_where_there_is_a_store(world: World) -> None:
    """WAL goes to the namespace's folder, and a base backup is made at once and every night."""
    store, backup = (
        world.object("database-objectstore")["spec"],
        world.object("database-backup-1-1-pg17")["spec"],
    )
    assert store["configuration"] == STORE | {"destinationPath": "s3://backups/prod/shop"}
    assert store["retentionPolicy"] == "30d"
    assert (backup["schedule"], backup["method"], backup["immediate"]) == ("0 0 2 * * *", "plugin", True)
    (plugin,) = world.object("database-cluster")["spec"]["plugins"]
    assert plugin["isWALArchiver"] is True
    assert plugin["parameters"] == {"barmanObjectName": "dash-db", "serverName": "shop-dash-1-1-pg17"}
    assert world.condition("BackedUp") == StatusCondition("True", "Archiving", "")
    assert world.ready
    assert world.message == ""
    window = world.object("database-objectstore")["status"]["serverRecoveryWindow"]["shop-dash-1-1-pg17"]
    assert world.status["database"]["backup"] == {
        "firstRecoverable": window["firstRecoverabilityPoint"],
        "lastSuccessful": window["lastSuccessfulBackupTime"],
    }


def test_schedule_and_retention_are_the_developers() -> None:
    """Five fields in, six out."""
    backup = {"schedule": "30 4 * * sun", "retention": "8w"}
    world = World(app(backup=backup), PLATFORM).settle()
    assert world.object("database-backup-1-1-pg17")["spec"]["schedule"] == "0 30 4 * * sun"
    assert world.object("database-objectstore")["spec"]["retentionPolicy"] == "8w"


def test_role_may_write_backups() -> None:
    """The service account says who it is to the cloud, only where there are backups."""
    role = {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/db"}
    platform = {"database": {"objectStore": STORE, "serviceAccountAnnotations": role}}
    world = World(app(), platform).settle()
    template = world.object("database-cluster")["spec"]["serviceAccountTemplate"]
    assert template == {"metadata": {"annotations": role}}
    world.edit(database={"backup": {"enabled": False, "allowReduction": True}}).settle()
    assert "serviceAccountTemplate" not in world.object("database-cluster")["spec"]


def test_dev_has_none_unless_it_asks() -> None:
    """The profile decides, and a word of the developer's."""
    world = World(app() | {"environment": "dev"}, PLATFORM).settle()
    assert not {"database-objectstore", "database-backup-1-1-pg17"} & world.keys
    assert "plugins" not in world.object("database-cluster")["spec"]
    assert "BackedUp" not in world.types
    world.edit(database={"backup": {"enabled": True}}).settle()
    assert world.condition("BackedUp").reason == "Archiving"
    world.edit(database={}).settle()
    message = "database.backup.enabled is false"
    assert world.condition("BackedUp") == StatusCondition("True", "NotApplicable", message)


def test_no_store_is_said_and_holds_nothing_back() -> None:
    """A production database without backups says so, once as an event, and runs."""
    world = World(app()).settle()
    message = "database.backup: none is made, the Platform names no database.objectStore"
    assert world.condition("BackedUp") == StatusCondition("False", "NoObjectStore", message)
    assert world.message == message
    assert world.ready
    assert [event.reason for event in world.events] == ["NoObjectStore"]


def test_failing_archive_is_told(world: World) -> None:
    """WAL that doesn't arrive is a turn for the worse; the app goes on being Ready."""
    world.play("database-cluster", Instances(archiving="403 Forbidden")).settle()
    condition = world.condition("BackedUp")
    assert (condition.status, condition.reason) == ("False", "ArchivingFailing")
    assert "403 Forbidden" in condition.message
    assert world.ready
    assert [event.reason for event in world.events] == ["ArchivingFailing"]
    world.play("database-cluster", Instances()).settle()
    assert world.condition("BackedUp").status == "True"


def test_failed_backup_is_told(world: World) -> None:
    """The last base backup counts, though an older one is there."""
    world.cnpg.base_backups.nights += 1
    world.play("database-cluster", Instances(backups="disk full")).settle()
    condition = StatusCondition(
        "False", "BackupFailed", "database.backup: the last base backup failed: disk full"
    )
    assert world.condition("BackedUp") == condition


def test_nothing_is_claimed_before_the_first_backup() -> None:
    """WAL alone restores nothing."""
    world = World(app(), PLATFORM).play("database-objectstore", asleep).settle()
    condition = StatusCondition(
        "False",
        "Progressing",
        "database.backup: no base backup is complete yet since backups to shop-dash-1-1-pg17 began",
    )
    assert world.condition("BackedUp") == condition
    assert "backup" not in world.status["database"]
    del world.parts["database-objectstore"]
    assert world.settle().condition("BackedUp").status == "True"


def test_archive_of_another_is_never_called_a_backup() -> None:
    """A database made anew under a used name can't write there: raising the era gets it out."""
    deleted = {"version": 17, "deletionPolicy": "Delete"}
    world = World(app(**deleted), PLATFORM).settle().edit(database=None).settle()
    world.edit(database=deleted).settle()
    condition = world.condition("BackedUp")
    assert condition == StatusCondition(
        "False",
        "StaleArchive",
        "database.backup: shop-dash-1-1-pg17 holds another database's backups; to recover it from backups "
        "instead, first commit database.deletionPolicy: Delete, then remove database, then add it again with "
        "version: 17, era: 2 and restore: {}; to leave them behind, raise database.era",
    )
    assert "backup" not in world.status["database"]
    uid = world.object("database-cluster")["metadata"]["uid"]

    world.edit(database=deleted | {"era": 2}).settle()

    assert world.condition("SpecHonored").status == "True"
    assert world.condition("BackedUp") == StatusCondition("True", "Archiving", "")
    assert world.status["database"]["serverName"] == "shop-dash-1-2-pg17"
    assert world.object("database-cluster")["metadata"]["uid"] == uid


def test_foreign_archive_is_seen_where_cloudnativepg_looks_away() -> None:
    """Archiving that is switched on later isn't checked by CloudNativePG: the times tell."""
    off = {"version": 17, "deletionPolicy": "Delete", "backup": {"enabled": False}}
    world = World(app(deletionPolicy="Delete"), PLATFORM).settle().edit(database=None).settle()
    world.edit(database=off).settle()
    (archive,) = world.cnpg.archives.values()
    world.edit(database={"version": 17, "deletionPolicy": "Delete"}).settle()
    assert archive.rows[-1].uid == world.object("database-cluster")["metadata"]["uid"]
    assert world.condition("BackedUp").reason == "StaleArchive"


@pytest.mark.parametrize("era", [3, None])
def test_era_is_kept_once_there_are_backups(era: int | None) -> None:
    """Another era would leave the archive behind. An era that isn't written is kept without a report."""
    world = World(app(era=2), PLATFORM).settle()
    world.edit(database={"era": era} if era else {}).settle()
    (plugin,) = world.object("database-cluster")["spec"]["plugins"]
    assert plugin["parameters"]["serverName"] == "shop-dash-1-2-pg17"
    held = StatusCondition("False", "Held", "database.era: kept 2, its backups are under shop-dash-1-2-pg17")
    assert world.condition("SpecHonored") == (held if era else StatusCondition("True", "Honored", ""))


def test_another_era_of_the_platform_leaves_archives_where_they_are(world: World) -> None:
    """It is for databases that don't exist yet."""
    world.govern({"database": {"objectStore": STORE, "era": 2}}).settle()
    assert world.status["database"]["serverName"] == "shop-dash-1-1-pg17"
    assert world.condition("BackedUp").status == "True"


def test_name_outlives_backups_that_are_switched_off(world: World) -> None:
    """Switched on again, they go on where they were."""
    world.govern({"database": {"era": 4}}).settle()
    assert "plugins" not in world.object("database-cluster")["spec"]
    world.govern({"database": {"era": 4, "objectStore": STORE}}).settle()
    (plugin,) = world.object("database-cluster")["spec"]["plugins"]
    assert plugin["parameters"]["serverName"] == "shop-dash-1-1-pg17"
