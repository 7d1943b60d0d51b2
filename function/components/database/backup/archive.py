"""The archive of a Cluster: the folder under its server name, where WAL and base backups go."""

import json
from collections.abc import Mapping
from typing import Any

from function.app import Object
from function.components.database.keys import (
    FIRST_PLACE,
    OBJECT_STORE,
    PLUGIN,
    RECOVERED_FROM,
    RECOVERY_CLUSTER,
    SERVER_NAME,
)
from function.database_facts import RecoverySource
from function.read import at, condition, items, plain, text


def our_plugin(cluster: Object) -> Any:
    """A Cluster's entry for the barman-cloud plugin with our ObjectStore, which has the Cluster's name."""
    ours = (PLUGIN, text(cluster, "metadata", "name"))
    plugins = items(cluster, "spec", "plugins")
    return next(
        (p for p in plugins if (at(p, "name"), at(p, "parameters", "barmanObjectName")) == ours), None
    )


def observed_server_name(cluster: Object) -> str | None:
    """The server name under which a Cluster archives."""
    return text(our_plugin(cluster), "parameters", "serverName")


def has_own_archiver(cluster: Object, composed: Mapping[str, Object]) -> bool:
    """Whether an adopted Cluster has an archiver that isn't ours.

    A plugin that is disabled archives nothing. One that looks like ours is ours once we said so: a maker may
    have given an ObjectStore the Cluster's name, too.
    """
    archives = [
        p for p in items(cluster, "spec", "plugins") if at(p, "enabled") is not False and archives_by(p)
    ]
    said = text(cluster, "metadata", "annotations", SERVER_NAME) is not None or OBJECT_STORE in composed
    ours = our_plugin(cluster) if said else None
    in_tree = at(cluster, "spec", "backup", "barmanObjectStore") is not None
    return in_tree or any(plugin != ours for plugin in archives)


def archives_by(plugin: Any) -> bool:
    """Whether a plugin archives WAL, or is the one that we would archive by."""
    return at(plugin, "isWALArchiver") is True or at(plugin, "name") == PLUGIN


def recovered_from(cluster: Object, store: Object | None) -> RecoverySource | None:
    """The backups that a Cluster was recovered from, if we asked for that. `store`: their ObjectStore."""
    recovery = at(cluster, "spec", "bootstrap", "recovery")
    external = (e for e in items(cluster, "spec", "externalClusters") if at(e, "name") == RECOVERY_CLUSTER)
    parameters = at(next(external, None), "plugin", "parameters")
    our_store = f"{text(cluster, 'metadata', 'name')}-{RECOVERY_CLUSTER}"
    name, ours = text(parameters, "serverName"), text(parameters, "barmanObjectName") == our_store
    if at(recovery, "source") != RECOVERY_CLUSTER or name is None or not ours:
        return None
    recorded = text(cluster, "metadata", "annotations", RECOVERED_FROM)
    configuration = at(store, "spec", "configuration")
    return RecoverySource(
        name,
        recorded or text(cluster, "metadata", "namespace") or "",
        time=text(recovery, "recoveryTarget", "targetTime"),
        configuration=json.dumps(plain(configuration), sort_keys=True) if configuration else None,
    )


def window(store: Object | None, name: str | None) -> Any:
    """A server name's recovery window: firstRecoverabilityPoint and lastSuccessfulBackupTime, or None."""
    return at(store, "status", "serverRecoveryWindow", name) if name else None


def place(configuration: Any) -> str:
    """Where barman-cloud's configuration leads: the same path may be at another endpoint."""
    return " ".join(
        filter(None, (text(configuration, "endpointURL"), text(configuration, "destinationPath")))
    )


def places(store: Object | None) -> tuple[str | None, str | None]:
    """Where an ObjectStore led first, and leads now."""
    first = text(store, "metadata", "annotations", FIRST_PLACE)
    return first, place(at(store, "spec", "configuration")) or None


def names(store: Object | None) -> tuple[str, ...]:
    """The server names under which an ObjectStore has a base backup."""
    windows = at(store, "status", "serverRecoveryWindow")
    known = windows if isinstance(windows, Mapping) else {}
    return tuple(sorted(name for name in known if text(known[name], "firstRecoverabilityPoint")))


def is_stale(cluster: Object, store: Object | None, name: str | None) -> bool:
    """Whether backups under a Cluster's server name are older than the Cluster, so of another Cluster.

    CloudNativePG refuses to archive beside those, but not if archiving is switched on later
    (cloudnative-pg issue 11126). Both times are RFC 3339 in UTC, to the second, so they compare as text.
    """
    first = text(window(store, name), "firstRecoverabilityPoint")
    born = text(cluster, "metadata", "creationTimestamp")
    return first is not None and born is not None and first < born


def has_backups(cluster: Object, store: Object | None, name: str | None) -> bool:
    """Whether its server name has backups of this very Cluster."""
    if is_stale(cluster, store, name):
        return False
    types = ("ContinuousArchiving", "LastBackupSucceeded")
    works = any(condition(cluster, type_).get("status") == "True" for type_ in types)
    return works or text(window(store, name), "firstRecoverabilityPoint") is not None
