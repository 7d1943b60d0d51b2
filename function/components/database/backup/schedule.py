"""Base backups: one object for each archive, which begins with one at once."""

import hashlib

from function.app import App
from function.components.database.backup.wanted import enabled
from function.components.database.keys import COMPONENT, PLUGIN
from function.components.database.lifecycle import row_in_force
from function.components.database.server_names import ServerName, parsed, server_name
from function.effective_database import EffectiveDatabase
from function.place import Manifest


def scheduled(app: App, database: EffectiveDatabase) -> ServerName | None:
    """The archive that base backups go to now; None: there is none yet.

    Of a Cluster that exists it is the one that it archives to: CloudNativePG makes a base backup where the
    Cluster says, and gives it up for good where that has no plugin.
    """
    if not enabled(app) or row_in_force(app).then != "compose":
        return None
    facts = app.facts.database
    return parsed(facts.archive if facts.exists else server_name(app, database, facts))


def backup_key(app: App, archive: ServerName) -> str:
    """The key of the ScheduledBackup of an archive. Each archive has its own, which begins with a base
    backup at once: WAL restores nothing without one that is in the same archive."""
    return f"database-backup-{suffix(app, archive)}"


def suffix(app: App, archive: ServerName) -> str:
    """What tells an archive from the app's others: its name, and where it is if the platform moved it.

    What counts is where the ObjectStore leads already. A base backup that begins earlier would go to where
    it led before.
    """
    first, now = app.facts.database.archive_places
    if None in (first, now) or first == now:
        return archive.suffix()
    return f"{archive.suffix()}-{hashlib.sha256(str(now).encode()).hexdigest()[:8]}"


def scheduled_backup(app: App, database: EffectiveDatabase, archive: ServerName) -> Manifest:
    """When a base backup is made, the first one at once. CloudNativePG's schedules begin with seconds."""
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "ScheduledBackup",
        "metadata": app.metadata(COMPONENT, name=f"{app.named(COMPONENT)}-{suffix(app, archive)}"),
        "spec": {
            "cluster": {"name": app.named(COMPONENT)},
            "schedule": f"0 {database.backup.schedule}",
            # WAL without a base backup restores nothing, so the first one doesn't wait for the night.
            "immediate": True,
            "suspend": pauses(app, database),
            # Backup objects outlive this one: they say what there is to restore from.
            "backupOwnerReference": "none",
            "method": "plugin",
            "pluginConfiguration": {"name": PLUGIN},
        },
    }


def pauses(app: App, database: EffectiveDatabase) -> bool:
    """Whether no base backup is made now.

    One of a database that sleeps would fail each night. One that falls due in an upgrade would be made by the
    new major, and go to the old one's archive.
    """
    upgrades = app.facts.database.exists and database.version != app.facts.database.version
    return bool(database.hibernate) or upgrades
