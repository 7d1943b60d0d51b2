"""Backups in the platform's object store: WAL as it is written, and a base backup on schedule."""

import json

from function.api_facts import ApiFacts
from function.app import App, Bound, Component, Observed, Part, absent
from function.components import optional
from function.components.database.backup.archive import place
from function.components.database.backup.condition import BACKED_UP, Archiving, report
from function.components.database.backup.schedule import backup_key, pauses, scheduled, scheduled_backup
from function.components.database.backup.wanted import enabled, no_backups
from function.components.database.keys import (
    COMPONENT,
    FIRST_PLACE,
    OBJECT_STORE,
    PLUGIN,
    RECOVERY_CLUSTER,
    RECOVERY_STORE,
)
from function.components.database.recovery import recovery_source
from function.components.database.remedies import how_to_recover_instead
from function.components.database.server_names import server_name
from function.database_facts import RecoverySource
from function.place import Manifest


def read(observed: Observed) -> ApiFacts:
    """Whether the cluster has ObjectStores."""
    return optional.read(observed, optional.BARMAN_CLOUD, OBJECT_STORE, RECOVERY_STORE)


def build(app: App) -> Part:
    """The ObjectStore and the ScheduledBackup, and the ObjectStore that it was recovered from."""
    database, facts = app.spec.database, app.facts.database
    if database is None or facts.state == "not_ours" or facts.api.missing:
        return absent(BACKED_UP)
    resources, schedule = {}, scheduled(app, database)
    if enabled(app):
        configuration = in_folder(app, app.namespace)
        store = object_store(app, app.named(COMPONENT), configuration, retention=database.backup.retention)
        first, _ = facts.archive_places
        store["metadata"]["annotations"] = {FIRST_PLACE: first or place(configuration)}
        resources[OBJECT_STORE] = store
    if schedule:
        resources[backup_key(app, schedule)] = scheduled_backup(app, database, schedule)
    source = None if app.facts.backup.missing else recovery_source(app)
    if source and (configuration := source_configuration(app, source)):
        # The backups that a database was recovered from are only read, so they get no retention.
        resources[RECOVERY_STORE] = object_store(app, recovery_store(app), configuration, retention=None)
    verdict = None if enabled(app) or facts.has_own_archiver else no_backups(app, database)
    name = None if facts.has_own_archiver else server_name(app, database, facts)
    archiving = Archiving(
        name,
        backup_key(app, schedule) if schedule else None,
        pauses=pauses(app, database),
        replaced=facts.replaces is not None,
        remedy=how_to_recover_instead(app),
    )
    wanted = app.platform.database.object_store and (database.backup.enabled or recovery_source(app))
    lookups = optional.lookups(optional.BARMAN_CLOUD, app.facts.backup) if wanted else {}
    return Part(resources, Bound(report, verdict, archiving), lookups=lookups)


def plugin(store: str, name: str | None) -> Manifest:
    """The barman-cloud plugin with backups in an ObjectStore, under a server name."""
    return {"name": PLUGIN, "parameters": {"barmanObjectName": store, "serverName": name}}


def archivers(app: App) -> list[Manifest] | None:
    """The plugin that archives WAL; None if the database isn't backed up."""
    database = app.spec.database
    if database is None or not enabled(app):
        return None
    ours = plugin(app.named(COMPONENT), server_name(app, database, app.facts.database))
    others = [json.loads(plugin) for plugin in app.facts.database.maker.plugins]
    return [*others, {**ours, "enabled": True, "isWALArchiver": True}]


def service_account(app: App) -> Manifest | None:
    """The instances' ServiceAccount with the cloud role for backups; None if they need none."""
    annotations = app.platform.database.service_account_annotations
    if (
        not annotations
        or app.facts.database.maker.service_account
        or not (enabled(app) or recovery_source(app))
    ):
        return None
    return {"metadata": {"annotations": annotations}}


def source_configuration(app: App, source: RecoverySource) -> Manifest | None:
    """barman-cloud's configuration of the backups that it was recovered from, as it was then.

    The Cluster names that ObjectStore for ever. CloudNativePG stops reconciling a Cluster without it.
    """
    if source.configuration is None:
        return in_folder(app, source.namespace)
    configuration: Manifest = json.loads(source.configuration)
    return configuration


def in_folder(app: App, namespace: str) -> Manifest | None:
    """barman-cloud's configuration of a namespace's folder; None if the platform has no object store."""
    platform = app.platform.database.object_store
    if platform is None:
        return None
    path = f"{platform.destination_path.rstrip('/')}/{namespace}"
    return platform.model_dump(by_alias=True, exclude_unset=True) | {"destinationPath": path}


def recovery_store(app: App) -> str:
    """The name of the ObjectStore that a Cluster was recovered from."""
    return f"{app.named(COMPONENT)}-{RECOVERY_CLUSTER}"


def object_store(app: App, name: str, configuration: Manifest | None, *, retention: str | None) -> Manifest:
    """The ObjectStore of barman-cloud."""
    return {
        "apiVersion": "barmancloud.cnpg.io/v1",
        "kind": "ObjectStore",
        "metadata": app.metadata(COMPONENT, name=name),
        "spec": {
            "configuration": configuration,
            "retentionPolicy": retention,
            # Of the plugin's sidecar in each instance's pod. Compressing a base backup takes memory, and a
            # sidecar that is killed for it archives no WAL.
            "instanceSidecarConfiguration": {
                "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}, "limits": {"memory": "1Gi"}}
            },
        },
    }


BACKUP: Component[None, ApiFacts] = Component(name="backup", condition=BACKED_UP, read=read, build=build)
