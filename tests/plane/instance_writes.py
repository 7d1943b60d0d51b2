"""What the instance managers of CloudNativePG 1.30 write into the API server, played."""

import time
from http import HTTPStatus
from urllib.error import HTTPError

from tests.plane.api import Api, Json

POSTGRES = "/apis/postgresql.cnpg.io/v1"


def promote(api: Api, cluster: Json, target: str) -> None:
    """Make the wanted primary the primary. Raises OSError."""
    if cluster["status"].get("currentPrimary") != target:
        now = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime())
        written = {"currentPrimary": target, "currentPrimaryTimestamp": now}
        api.patch(f"{path(cluster, 'clusters')}/status", {"status": written})


def quorum(cluster: Json) -> Json | None:
    """The status of a Cluster's FailoverQuorum. None where it has none, or its primary is about to change.

    updateFailoverQuorumObject in internal/management/controller/instance_sync.go writes what PostgreSQL's
    synchronous_standby_names was computed from: with dataDurability preferred, the only one that is
    composed, the healthy replicas (pkg/postgres/replication/explicit.go). The operator makes and deletes the
    object, and denies a failover that it doesn't allow (internal/controller/replicas_quorum.go).
    """
    synchronous, status = cluster["spec"]["postgresql"].get("synchronous", {}), cluster.get("status", {})
    primary = status.get("currentPrimary")
    if not synchronous.get("failoverQuorum") or not primary or primary != status.get("targetPrimary"):
        return None
    healthy = status.get("instancesStatus", {}).get("healthy", [])
    standbys = sorted(name for name in healthy if name != primary)
    if not standbys:
        return {"primary": primary}
    return {
        "method": synchronous["method"].upper(),
        "primary": primary,
        "standbyNames": standbys,
        "standbyNumber": min(synchronous["number"], len(standbys)),
    }


def confirm(api: Api, cluster: Json) -> None:
    """Write which replicas confirm commits, once the operator has made the FailoverQuorum. Raises OSError."""
    if (status := quorum(cluster)) is None:
        return
    try:
        found = api.get(path(cluster, "failoverquorums"))
    except HTTPError as error:
        if error.code == HTTPStatus.NOT_FOUND:
            return
        raise
    if found.get("status", {}) != status:
        replaced = dict.fromkeys(found.get("status", {})) | status
        api.patch(f"{path(cluster, 'failoverquorums')}/status", {"status": replaced})


def create_extensions(api: Api, cluster: Json) -> None:
    """Say that the Cluster's Databases are as they are asked for. Raises OSError."""
    namespace, name = cluster["metadata"]["namespace"], cluster["metadata"]["name"]
    for database in api.get(f"{POSTGRES}/namespaces/{namespace}/databases")["items"]:
        status = {"applied": True, "observedGeneration": database["metadata"]["generation"]}
        written = {key: database.get("status", {}).get(key) for key in status}
        if database["spec"]["cluster"]["name"] == name and written != status:
            api.patch(f"{path(database, 'databases')}/status", {"status": status})


def path(manifest: Json, kind: str) -> str:
    """Where an object of CloudNativePG is, or the one of another kind that has its name."""
    metadata = manifest["metadata"]
    return f"{POSTGRES}/namespaces/{metadata['namespace']}/{kind}/{metadata['name']}"
