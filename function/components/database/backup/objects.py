"""Backups in the platform's object store: WAL as it is written, and a base backup on schedule."""

import json
from functools import partial

from function.app import App, Component, Part, absent
from function.components.database.backup.condition import BACKED_UP, report
from function.components.database.keys import (
    COMPONENT,
    OBJECT_STORE,
    PLUGIN,
    RECOVERY_CLUSTER,
    RECOVERY_STORE,
)
from function.components.database.recovery import recovery_source, server_name
from function.components.database.resolve import requested
from function.effective import EffectiveDatabase
from function.facts import RecoverySource
from function.place import Manifest
from function.report import Condition


def build(app: App) -> Part:
    """The ObjectStore and the ScheduledBackup, and the ObjectStore of what it was recovered from."""
    database, facts = app.spec.database, app.facts.database
    if database is None or facts.state == "not_ours":
        return absent(BACKED_UP)
    resources = {}
    if enabled(app):
        configuration = in_folder(app, app.namespace)
        resources[OBJECT_STORE] = object_store(
            app, app.named(COMPONENT), configuration, retention=database.backup.retention
        )
        resources["database-backup"] = scheduled_backup(app, database)
    if (source := recovery_source(app)) and (configuration := where(app, source)):
        # What a database was recovered from is only read: no retention applies to it.
        resources[RECOVERY_STORE] = object_store(app, recovery_store(app), configuration, retention=None)
    verdict = None if enabled(app) or facts.has_own_archiver else no_backups(app, database)
    name = None if facts.has_own_archiver else server_name(app, database, facts)
    return Part(resources, partial(report, verdict, name))


def enabled(app: App) -> bool:
    """Whether we back it up. A Cluster of another maker's only where that is asked for explicitly."""
    database, facts = app.spec.database, app.facts.database
    asked = not facts.adopted or "backup" in requested(app).model_fields_set
    has_store = app.platform.database.object_store is not None
    return bool(database and database.backup.enabled and has_store and asked and not facts.has_own_archiver)


def no_backups(app: App, database: EffectiveDatabase) -> Condition:
    """Why there are no backups."""
    if not database.backup.enabled:
        return BACKED_UP.not_applicable("database.backup.enabled is false")
    if app.platform.database.object_store is None:
        message = "database.backup: none is made, the Platform names no database.objectStore"
        return BACKED_UP.false("NoObjectStore", message)
    message = (
        "database.backup: the adopted Cluster has none; set database.backup.enabled: true to have it made"
    )
    return BACKED_UP.false("Adopted", message)


def plugin(store: str, name: str) -> Manifest:
    """The barman-cloud plugin with backups in an ObjectStore, under a server name."""
    return {"name": PLUGIN, "parameters": {"barmanObjectName": store, "serverName": name}}


def archivers(app: App) -> list[Manifest] | None:
    """What archives WAL, where the database is backed up."""
    database = app.spec.database
    if database is None or not enabled(app):
        return None
    ours = plugin(app.named(COMPONENT), server_name(app, database, app.facts.database))
    return [{**ours, "enabled": True, "isWALArchiver": True}]


def service_account(app: App) -> Manifest | None:
    """Who the instances are to the cloud, where they make backups."""
    annotations = app.platform.database.service_account_annotations
    if not annotations or not (enabled(app) or recovery_source(app)):
        return None
    return {"metadata": {"annotations": annotations}}


def where(app: App, source: RecoverySource) -> Manifest | None:
    """barman-cloud's configuration for the backups that it was recovered from, as it was then.

    The Cluster names them for ever, and CloudNativePG leaves a Cluster alone whose ObjectStore is gone.
    """
    if source.configuration is None:
        return in_folder(app, source.namespace)
    configuration: Manifest = json.loads(source.configuration)
    return configuration


def in_folder(app: App, namespace: str) -> Manifest | None:
    """The platform's object store, with the folder of a namespace."""
    platform = app.platform.database.object_store
    if platform is None:
        return None
    path = f"{platform.destination_path.rstrip('/')}/{namespace}"
    return platform.model_dump(by_alias=True, exclude_unset=True) | {"destinationPath": path}


def recovery_store(app: App) -> str:
    """The name of the ObjectStore that a Cluster was recovered from."""
    return f"{app.named(COMPONENT)}-{RECOVERY_CLUSTER}"


def object_store(app: App, name: str, configuration: Manifest | None, *, retention: str | None) -> Manifest:
    """Where backups are."""
    return {
        "apiVersion": "barmancloud.cnpg.io/v1",
        "kind": "ObjectStore",
        "metadata": app.metadata(COMPONENT, name=name),
        "spec": {
            "configuration": configuration,
            "retentionPolicy": retention,
            # The plugin's container beside each instance. Compressing a base backup takes memory, and a
            # sidecar that is killed for it stops WAL from being archived.
            "instanceSidecarConfiguration": {
                "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}, "limits": {"memory": "1Gi"}}
            },
        },
    }


def scheduled_backup(app: App, database: EffectiveDatabase) -> Manifest:
    """When a base backup is made, the first one at once. CloudNativePG's schedules begin with seconds."""
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "ScheduledBackup",
        "metadata": app.metadata(COMPONENT),
        "spec": {
            "cluster": {"name": app.named(COMPONENT)},
            "schedule": f"0 {database.backup.schedule}",
            # WAL without a base backup restores nothing, so the first one doesn't wait for the night.
            "immediate": True,
            # A base backup of a database that sleeps would fail each night.
            "suspend": bool(database.hibernate),
            # Backup objects outlive this one: they say what there is to restore from.
            "backupOwnerReference": "none",
            "method": "plugin",
            "pluginConfiguration": {"name": PLUGIN},
        },
    }


BACKUP: Component[None, None] = Component(name="backup", condition=BACKED_UP, build=build)
