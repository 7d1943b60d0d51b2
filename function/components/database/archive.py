"""The archive of a Cluster: the folder under its server name, where WAL and base backups go."""

import json
from typing import Any

from function.app import Object
from function.components.database.kept import ORIGIN, PLUGIN, SOURCE, Origin
from function.read import at, condition, copied, items, text


def plugin(cluster: Object) -> Any:
    """The barman-cloud plugin as a Cluster's archiver, with our ObjectStore: it has the Cluster's name."""
    ours = (PLUGIN, text(cluster, "metadata", "name"))
    entries = items(cluster, "spec", "plugins")
    return next(
        (p for p in entries if (at(p, "name"), at(p, "parameters", "barmanObjectName")) == ours), None
    )


def server(cluster: Object) -> str | None:
    """The server name under which a Cluster archives."""
    return text(plugin(cluster), "parameters", "serverName")


def anothers(cluster: Object) -> bool:
    """Whether a Cluster is archived by something that its maker set up."""
    archivers = [p for p in items(cluster, "spec", "plugins") if at(p, "isWALArchiver") is True]
    in_tree = at(cluster, "spec", "backup", "barmanObjectStore") is not None
    return in_tree or any(plugin(cluster) != archiver for archiver in archivers)


def origin(cluster: Object, store: Object | None) -> Origin | None:
    """The backups that a Cluster was recovered from, where it was us who said so. `store`: where they are."""
    recovery = at(cluster, "spec", "bootstrap", "recovery")
    sources = (e for e in items(cluster, "spec", "externalClusters") if at(e, "name") == ORIGIN)
    told = at(next(sources, None), "plugin", "parameters")
    ours = text(told, "barmanObjectName") == f"{text(cluster, 'metadata', 'name')}-{ORIGIN}"
    name = text(told, "serverName")
    if at(recovery, "source") != ORIGIN or name is None or not ours:
        return None
    whose = text(cluster, "metadata", "annotations", SOURCE) or text(cluster, "metadata", "namespace")
    configuration = at(store, "spec", "configuration")
    return Origin(
        name,
        whose or "",
        time=text(recovery, "recoveryTarget", "targetTime"),
        configuration=json.dumps(copied(configuration), sort_keys=True) if configuration else None,
    )


def window(store: Object | None, name: str | None) -> Any:
    """What an ObjectStore has under a server name: firstRecoverabilityPoint, lastSuccessfulBackupTime."""
    return at(store, "status", "serverRecoveryWindow", name) if name else None


def foreign(cluster: Object, store: Object | None, name: str | None) -> bool:
    """Whether backups under a Cluster's server name are older than the Cluster: another one's.

    CloudNativePG refuses to archive into those, but not where archiving is switched on later
    (cloudnative-pg issue 11126). Both times are RFC 3339 in UTC, to the second, so text compares.
    """
    first = text(window(store, name), "firstRecoverabilityPoint")
    born = text(cluster, "metadata", "creationTimestamp")
    return first is not None and born is not None and first < born


def own(cluster: Object, store: Object | None, name: str | None) -> bool:
    """Whether backups of this very Cluster are under its server name."""
    if foreign(cluster, store, name):
        return False
    told = ("ContinuousArchiving", "LastBackupSucceeded")
    works = any(condition(cluster, type_).get("status") == "True" for type_ in told)
    return works or text(window(store, name), "firstRecoverabilityPoint") is not None
