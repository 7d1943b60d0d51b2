"""The condition BackedUp: whether the database can be restored."""

from function.api.status import BackupStatus
from function.app import Object, Observed
from function.components.database.backup import archive
from function.components.database.keys import CLUSTER, OBJECT_STORE
from function.read import condition, text
from function.report import PROGRESSING, Condition, ConditionType, Report, Why

BACKED_UP = ConditionType("BackedUp")


def report(verdict: Condition | None, name: str | None, observed: Observed, why: Why) -> Report:
    """BackedUp. `verdict`: the condition where it is known already. `name`: the server name of our backups.

    Without a name the Cluster has an archiver of its own, and only the Cluster's conditions count.
    """
    return Report([verdict or backed_up(name, observed, why)])


def backed_up(name: str | None, observed: Observed, why: Why) -> Condition:
    """BackedUp of a database with an archiver: False for the first problem, else True."""
    cluster, store = observed.composed.get(CLUSTER), observed.composed.get(OBJECT_STORE)
    objects = BACKED_UP.of_objects(why, good="Archiving")
    if not objects.ok:
        return objects
    if cluster is None:
        return bad(PROGRESSING, "waits for the database")
    if name and archive.is_stale(cluster, store, name):
        return bad("StaleArchive", f"{name} holds another database's backups; raise database.era")
    return wal(cluster, name) or base_backup(cluster, store, name) or objects


def wal(cluster: Object, name: str | None) -> Condition | None:
    """What is wrong with the WAL archive; None if nothing is."""
    archiving = condition(cluster, "ContinuousArchiving")
    if archiving.get("status") == "False":
        hint = f" (if it never worked, {name} may be another database's: raise database.era)" if name else ""
        return bad("ArchivingFailing", f"WAL isn't archived: {text(archiving, 'message')}{hint}")
    return None if archiving.get("status") == "True" else bad(PROGRESSING, "no WAL is archived yet")


def base_backup(cluster: Object, store: Object | None, name: str | None) -> Condition | None:
    """What is wrong with base backups; None if nothing is. WAL without a base backup restores nothing."""
    last = condition(cluster, "LastBackupSucceeded")
    if last.get("status") == "False":
        return bad("BackupFailed", f"the last base backup failed: {text(last, 'message')}")
    first = text(archive.window(store, name), "firstRecoverabilityPoint")
    exists = first if name else last.get("status") == "True"
    return None if exists else bad(PROGRESSING, "no base backup is complete yet")


def bad(reason: str, message: str) -> Condition:
    """BackedUp, False."""
    return BACKED_UP.false(reason, f"database.backup: {message}")


def times(name: str | None, observed: Observed) -> BackupStatus | None:
    """The recovery window, for the status; None where no backup is of this database."""
    cluster, store = observed.composed.get(CLUSTER, {}), observed.composed.get(OBJECT_STORE)
    if archive.is_stale(cluster, store, name):
        return None
    window = archive.window(store, name)
    last, first = text(window, "lastSuccessfulBackupTime"), text(window, "firstRecoverabilityPoint")
    return BackupStatus(last_successful=last, first_recoverable=first) if last or first else None
