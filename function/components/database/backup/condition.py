"""The condition BackedUp: whether the database can be restored."""

from typing import NamedTuple

from function.api.reasons import Reason
from function.api.status import BackupStatus
from function.app import Object, Observed
from function.components.database.backup import archive
from function.components.database.backup.overdue import is_suspended, overdue
from function.components.database.keys import CLUSTER, OBJECT_STORE
from function.read import condition, text
from function.report import PROGRESSING, Condition, ConditionType, Report, Why

BACKED_UP = ConditionType("BackedUp")


class Archiving(NamedTuple):
    """How a database is backed up."""

    name: str | None
    """The server name of our backups. None: the Cluster has an archiver of its own, and only the Cluster's
    conditions count."""
    schedule: str | None
    """Key of the ScheduledBackup; None while there is none."""
    pauses: bool
    """Whether base backups are suspended on purpose: the database sleeps, or is being upgraded."""
    replaced: bool
    """Whether the Cluster replaced another one, whose loss isn't accepted."""
    remedy: str = ""
    """How the app gets the data back that is in an older archive of its server name; empty if it can't."""


def report(verdict: Condition | None, archiving: Archiving, observed: Observed, why: Why) -> Report:
    """BackedUp. `verdict`: the condition where it is known already."""
    return Report([verdict or backed_up(archiving, observed, why)])


def backed_up(archiving: Archiving, observed: Observed, why: Why) -> Condition:
    """BackedUp of a database with an archiver: False for the first problem, else True."""
    cluster, name = observed.composed.get(CLUSTER), archiving.name
    objects = BACKED_UP.of_objects(why, good="Archiving")
    if not objects.ok:
        return objects
    if cluster is None:
        return bad(PROGRESSING, "waits for the database")
    if name and archive.observed_server_name(cluster) != name:
        return bad(PROGRESSING, f"no WAL goes to {name} yet")
    if name and archive.is_stale(cluster, observed.composed.get(OBJECT_STORE), name):
        return bad("StaleArchive", f"{name} holds {other_backups(archiving)}")
    own = archive.has_backups(cluster, observed.composed.get(OBJECT_STORE), name)
    of_wal = wal(cluster, archiving, has_own_backups=own)
    return of_wal or base_backup(archiving, observed, cluster) or objects


def other_backups(archiving: Archiving) -> str:
    """Whose backups are in the way, and what to do.

    The name has the app's namespace and name, so they are those of a database that this app had before.
    Another era leads away from them, so the way to the data comes first.
    """
    if archiving.replaced:
        return "the backups of the database before; DatabaseReady says what to do"
    return f"another database's backups{archiving.remedy}; to leave them behind, raise database.era"


def wal(cluster: Object, archiving: Archiving, *, has_own_backups: bool) -> Condition | None:
    """What is wrong with the WAL archive; None if nothing is.

    `has_own_backups`: the archive has base backups of this Cluster, so it worked, and no era is to be raised.
    """
    working, name = condition(cluster, "ContinuousArchiving"), archiving.name
    if working.get("status") == "False":
        may_be_stale = name and not has_own_backups
        hint = f" (if it never worked, {name} may hold {other_backups(archiving)})" if may_be_stale else ""
        return bad("ArchivingFailing", f"WAL isn't archived: {text(working, 'message')}{hint}")
    return None if working.get("status") == "True" else bad(PROGRESSING, "no WAL is archived yet")


def base_backup(archiving: Archiving, observed: Observed, cluster: Object) -> Condition | None:
    """What is wrong with base backups; None if nothing is. WAL without a base backup restores nothing.

    All times are RFC 3339 in UTC, to the second, so they are compared as text.
    """
    last = condition(cluster, "LastBackupSucceeded")
    if last.get("status") == "False":
        return bad("BackupFailed", f"the last base backup failed: {text(last, 'message')}")
    if archiving.name is None:
        return None if last.get("status") == "True" else bad(PROGRESSING, "no base backup is complete yet")
    window = archive.window(observed.composed.get(OBJECT_STORE), archiving.name)
    done = text(window, "lastSuccessfulBackupTime") or ""
    if done < (text(window, "lastFailedBackupTime") or ""):
        return bad("BackupFailed", "the last base backup failed; kubectl describe backup says why")
    schedule = observed.composed.get(archiving.schedule or "")
    begun = text(schedule, "metadata", "creationTimestamp")
    if begun is None or text(window, "firstRecoverabilityPoint") is None or done < begun:
        # Between the last one and that moment WAL may be missing: backups were off, or went elsewhere.
        return bad(PROGRESSING, f"no base backup is complete yet since backups to {archiving.name} began")
    if done < (text(schedule, "status", "lastScheduleTime") or ""):
        return bad(PROGRESSING, "the base backup that is due isn't complete yet")
    return None if archiving.pauses else unfollowed(schedule, observed)


def unfollowed(schedule: Object | None, observed: Observed) -> Condition | None:
    """Why no further base backup is made; None if nothing is known against it."""
    if is_suspended(schedule):
        return bad("NotScheduled", "somebody suspends the ScheduledBackup again and again; let it run")
    if due := overdue(schedule, observed):
        message = f"the base backup of {due} was never begun; see whether CloudNativePG's operator runs"
        return bad("NotScheduled", message)
    return None


def bad(reason: Reason, message: str) -> Condition:
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
