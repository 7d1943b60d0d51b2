"""Backups in the platform's object store: WAL as it is written, and a base backup on schedule."""

import json
from functools import partial

from function.app import App, Condition, Manifest, Part, absent, not_applicable
from function.components.database.api import Database
from function.components.database.archived import CONDITION, report
from function.components.database.client import COMPONENT
from function.components.database.eras import server_name
from function.components.database.hold import asked_for
from function.components.database.kept import ORIGIN, ORIGIN_STORE, PLUGIN, STORE, Origin
from function.components.database.origin import origin

__all__ = ["CONDITION", "archivers", "build", "origin_store", "plugin", "service_account"]


def build(app: App) -> Part:
    """The ObjectStore and the ScheduledBackup, and the ObjectStore of what it was recovered from."""
    database, kept = app.spec.database, app.kept.database
    if database is None or kept.where == "foreign":
        return absent(CONDITION)
    resources = {}
    if enabled(app):
        resources[STORE] = store(app, app.named(COMPONENT), own(app), database)
        resources["database-backup"] = scheduled(app, database)
    if (came_from := origin(app)) and (configuration := source(app, came_from)):
        resources[ORIGIN_STORE] = store(app, origin_store(app), configuration)
    verdict = None if enabled(app) or kept.archiver else none(app, database)
    name = server_name(app, database, kept)
    return Part(resources, partial(report, verdict, None if kept.archiver else name))


def enabled(app: App) -> bool:
    """Whether we back it up. A Cluster of another maker's only where that is asked for in words."""
    database, kept = app.spec.database, app.kept.database
    asked = not kept.adopted or "backup" in asked_for(app).model_fields_set
    has_store = app.platform.database.object_store is not None
    return bool(database and database.backup.enabled and has_store and asked and not kept.archiver)


def none(app: App, database: Database) -> Condition:
    """Why there are no backups."""
    if not database.backup.enabled:
        return not_applicable(CONDITION, "database.backup.enabled is false")
    if app.platform.database.object_store is None:
        message = "database.backup: none is made, the Platform names no database.objectStore"
        return Condition(CONDITION, ok=False, reason="NoObjectStore", message=message)
    message = (
        "database.backup: the adopted Cluster has none; set database.backup.enabled: true to have it made"
    )
    return Condition(CONDITION, ok=False, reason="Adopted", message=message)


def plugin(store: str, server: str) -> Manifest:
    """How barman-cloud is told where backups are."""
    return {"name": PLUGIN, "parameters": {"barmanObjectName": store, "serverName": server}}


def archivers(app: App) -> list[Manifest] | None:
    """What archives WAL, where the database is backed up."""
    database = app.spec.database
    if database is None or not enabled(app):
        return None
    ours = plugin(app.named(COMPONENT), server_name(app, database, app.kept.database))
    return [{**ours, "enabled": True, "isWALArchiver": True}]


def service_account(app: App) -> Manifest | None:
    """Who the instances are to the cloud, where they make backups."""
    notes = app.platform.database.service_account_annotations
    return {"metadata": {"annotations": notes}} if notes and (enabled(app) or origin(app)) else None


def own(app: App) -> Manifest | None:
    """barman-cloud's configuration for this namespace."""
    return in_folder(app, app.namespace)


def source(app: App, came_from: Origin) -> Manifest | None:
    """barman-cloud's configuration for the backups that it was recovered from, as it was then.

    The Cluster names them for ever, and CloudNativePG leaves a Cluster alone whose ObjectStore is gone.
    """
    if came_from.configuration is None:
        return in_folder(app, came_from.namespace)
    found: Manifest = json.loads(came_from.configuration)
    return found


def in_folder(app: App, namespace: str) -> Manifest | None:
    """The platform's object store, with the folder of a namespace."""
    platform = app.platform.database.object_store
    if platform is None:
        return None
    path = f"{platform.destination_path.rstrip('/')}/{namespace}"
    return platform.model_dump(by_alias=True, exclude_unset=True) | {"destinationPath": path}


def origin_store(app: App) -> str:
    """The name of the ObjectStore that a Cluster was recovered from."""
    return f"{app.named(COMPONENT)}-{ORIGIN}"


def store(app: App, name: str, configuration: Manifest | None, database: Database | None = None) -> Manifest:
    """Where backups are. What a database was recovered from is only read: no retention applies to it."""
    return {
        "apiVersion": "barmancloud.cnpg.io/v1",
        "kind": "ObjectStore",
        "metadata": app.metadata(COMPONENT, name=name),
        "spec": {
            "configuration": configuration,
            "retentionPolicy": database.backup.retention if database else None,
            "instanceSidecarConfiguration": {
                "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}, "limits": {"memory": "1Gi"}}
            },
        },
    }


def scheduled(app: App, database: Database) -> Manifest:
    """When a base backup is made, the first one at once. CloudNativePG's schedules begin with seconds."""
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "ScheduledBackup",
        "metadata": app.metadata(COMPONENT),
        "spec": {
            "cluster": {"name": app.named(COMPONENT)},
            "schedule": f"0 {database.backup.schedule}",
            "immediate": True,
            "suspend": bool(database.hibernate),
            "backupOwnerReference": "none",
            "method": "plugin",
            "pluginConfiguration": {"name": PLUGIN},
        },
    }
