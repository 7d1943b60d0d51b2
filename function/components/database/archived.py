"""Whether a database could be restored: what BackedUp says."""

from typing import Any

from function.app import PROGRESSING, Condition, Object, Report, Seen, Why
from function.components.database import archive
from function.components.database.kept import KEY, STORE
from function.read import condition, text

CONDITION = "BackedUp"


def report(verdict: Condition | None, name: str | None, seen: Seen, why: Why) -> Report:
    """BackedUp. `name`: the server name of our backups; None where its maker's way is judged."""
    return Report([verdict or judged(name, seen, why)])


def judged(name: str | None, seen: Seen, why: Why) -> Condition:
    """Why the database couldn't be restored to a moment ago, else that it could."""
    cluster, store = seen.objects.get(KEY), seen.objects.get(STORE)
    behind = Condition.working(CONDITION, why, good="Archiving")
    if not behind.ok:
        return behind
    if cluster is None:
        return bad(PROGRESSING, "waits for the database")
    if name and archive.foreign(cluster, store, name):
        return bad("ForeignArchive", f"{name} holds another database's; raise database.era")
    return archiving(cluster, name) or based(cluster, store, name) or behind


def archiving(cluster: Object, name: str | None) -> Condition | None:
    """What is wrong with the WAL archive."""
    wal = condition(cluster, "ContinuousArchiving")
    if wal.get("status") == "False":
        hint = f" (if it never worked, {name} may be another database's: raise database.era)" if name else ""
        return bad("ArchivingFailing", f"WAL isn't archived: {text(wal, 'message')}{hint}")
    return None if wal.get("status") == "True" else bad(PROGRESSING, "no WAL is archived yet")


def based(cluster: Object, store: Object | None, name: str | None) -> Condition | None:
    """What is wrong with base backups. Without one, WAL restores nothing."""
    last = condition(cluster, "LastBackupSucceeded")
    if last.get("status") == "False":
        return bad("BackupFailed", f"the last base backup failed: {text(last, 'message')}")
    first = text(archive.window(store, name), "firstRecoverabilityPoint")
    there = first if name else last.get("status") == "True"
    return None if there else bad(PROGRESSING, "no base backup is complete yet")


def bad(reason: str, message: str) -> Condition:
    """BackedUp, False."""
    return Condition(CONDITION, ok=False, reason=reason, message=f"database.backup: {message}")


def times(name: str | None, seen: Seen) -> dict[str, Any] | None:
    """From when on, and when last, as the status shows it; None where nothing there is this database's."""
    cluster, store = seen.objects.get(KEY, {}), seen.objects.get(STORE)
    if archive.foreign(cluster, store, name):
        return None
    window = archive.window(store, name)
    last, first = text(window, "lastSuccessfulBackupTime"), text(window, "firstRecoverabilityPoint")
    return {"lastSuccessful": last, "firstRecoverable": first} if last or first else None
