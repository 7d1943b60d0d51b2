"""What the API server and CloudNativePG's webhook add to objects, and what they refuse."""

import re
from typing import Any

from function.api.fields import size
from tests.simulated.server_side_apply import Manifest

CLUSTER = {
    "affinity": {"podAntiAffinityType": "preferred"},
    "enablePDB": True,
    "enableSuperuserAccess": False,
    "failoverDelay": 0,
    "imageName": "ghcr.io/cloudnative-pg/postgresql:18.3-system-trixie",
    "instances": 1,
    "logLevel": "info",
    "maxSyncReplicas": 0,
    "minSyncReplicas": 0,
    "monitoring": {
        "customQueriesConfigMap": [{"key": "queries", "name": "cnpg-default-monitoring"}],
        "disableDefaultQueries": False,
        "enablePodMonitor": False,
    },
    "postgresGID": 26,
    "postgresUID": 26,
    "postgresql": {
        "parameters": {
            "archive_mode": "on",
            "archive_timeout": "5min",
            "log_destination": "csvlog",
            "max_worker_processes": "32",
            "wal_level": "logical",
        },
        "syncReplicaElectionConstraint": {"enabled": False},
    },
    "primaryUpdateMethod": "restart",
    "primaryUpdateStrategy": "unsupervised",
    "probes": {"liveness": {"isolationCheck": {"connectionTimeout": 1000, "enabled": True}}},
    "replicationSlots": {"highAvailability": {"enabled": True, "slotPrefix": "_cnpg_"}, "updateInterval": 30},
    "smartShutdownTimeout": 180,
    "startDelay": 3600,
    "stopDelay": 1800,
    "storage": {"resizeInUseVolumes": True},
    "switchoverDelay": 3600,
}
"""What CloudNativePG's webhook and schema fill in."""
INITDB = {"database": "app", "owner": "app", "encoding": "UTF8", "localeCType": "C", "localeCollate": "C"}

DEPLOYMENT = {
    "progressDeadlineSeconds": 600,
    "replicas": 1,
    "revisionHistoryLimit": 10,
    "template": {
        "spec": {"dnsPolicy": "ClusterFirst", "restartPolicy": "Always", "schedulerName": "default-scheduler"}
    },
}
CONTAINER = {"terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"}
PROBE = {"failureThreshold": 3, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 1}
SERVICE = {
    "clusterIP": "10.96.0.10",
    "clusterIPs": ["10.96.0.10"],
    "internalTrafficPolicy": "Cluster",
    "ipFamilies": ["IPv4"],
    "ipFamilyPolicy": "SingleStack",
    "sessionAffinity": "None",
    "type": "ClusterIP",
}


OLDEST_TARGET = 16
"""The oldest major that CloudNativePG upgrades to."""


def over(defaults: Any, stated: Any) -> Any:
    """What is stated, with defaults where it says nothing."""
    if not (isinstance(defaults, dict) and isinstance(stated, dict)):
        return stated
    return {**defaults, **{key: over(defaults.get(key), item) for key, item in stated.items()}}


def defaulted(manifest: Manifest) -> Manifest:
    """An object as the API server stores it."""
    spec = manifest.get("spec")
    if not isinstance(spec, dict):
        return manifest
    match manifest["kind"]:
        case "Deployment":
            return manifest | {"spec": deployment(spec)}
        case "Service":
            return manifest | {"spec": over(SERVICE, spec)}
        case "Cluster":
            return manifest | {"spec": cluster(spec)}
        case _:
            return manifest


def deployment(spec: Manifest) -> Manifest:
    """The defaults of a Deployment, down to probes."""
    filled: Manifest = over(DEPLOYMENT, spec)
    pod = filled["template"]["spec"]
    for role in ("containers", "initContainers"):
        if role in pod:
            pod = pod | {role: [container(item) for item in pod[role]]}
    return filled | {"template": filled["template"] | {"spec": pod}}


def container(given: Manifest) -> Manifest:
    """The defaults of a container."""
    probes = {key: over(PROBE, given[key]) for key in given if key.endswith("Probe")}
    return CONTAINER | given | probes


def cluster(spec: Manifest) -> Manifest:
    """The defaults of a Cluster. Its image is only filled in where it names no catalog."""
    defaults = {k: v for k, v in CLUSTER.items() if k != "imageName" or "imageCatalogRef" not in spec}
    filled: Manifest = over(defaults, spec)
    bootstrap = filled.get("bootstrap") or {"initdb": {}}
    if "initdb" in bootstrap:
        bootstrap = bootstrap | {"initdb": INITDB | bootstrap["initdb"]}
    for method in bootstrap.keys() & {"recovery", "pg_basebackup"}:
        named = {"database": "app"} | bootstrap[method]
        bootstrap = bootstrap | {method: {"owner": named["database"]} | named}
    return filled | {"bootstrap": bootstrap}


def invalid(live: Manifest | None, new: Manifest) -> str:
    """Why an object is refused; empty when it isn't."""
    owners = new["metadata"].get("ownerReferences", [])
    if sum(bool(owner.get("controller")) for owner in owners) > 1:
        return "metadata.ownerReferences: Only one reference can have Controller set to true"
    if new["kind"] == "Cluster" and (why := contradiction(new["spec"])):
        return why
    if live is None:
        return ""
    if new["kind"] == "Deployment" and live["spec"]["selector"] != new["spec"]["selector"]:
        return "spec.selector: field is immutable"
    return unfit(live, new) if new["kind"] == "Cluster" else ""


def contradiction(spec: Manifest) -> str:
    """What CloudNativePG's webhook has against a Cluster as such: cluster_webhook.go, release 1.30."""
    certificates, synchronous = spec.get("certificates", {}), spec["postgresql"].get("synchronous", {})
    if certificates.get("serverTLSSecret") and certificates.get("serverAltDNSNames"):
        return "spec.certificates: alternative DNS names can't be defined when server TLS secret is provided"
    if spec.get("serviceAccountName") and spec.get("serviceAccountTemplate"):
        return "spec.serviceAccountName: is mutually exclusive with serviceAccountTemplate"
    if max(synchronous.get("number", 0), spec["maxSyncReplicas"]) >= spec["instances"]:
        return "spec.postgresql.synchronous: the number must be less than the total number of instances"
    enabled = [p for p in spec.get("plugins", ()) if p.get("enabled", True) and p.get("isWALArchiver")]
    if len(enabled) + ("barmanObjectStore" in spec.get("backup", {})) > 1:
        return "spec.plugins: Cannot enable more than one WAL archiver"
    return ""


def unfit(live: Manifest, new: Manifest) -> str:
    """What CloudNativePG's webhook has against a change of a Cluster."""
    old, spec = live["spec"], new["spec"]
    if len(spec["bootstrap"]) > 1:
        return "spec.bootstrap: Only one bootstrap method can be specified at a time"
    sizes = [each.get("storage", {}).get("size") for each in (old, spec)]
    if all(sizes) and size(sizes[1]) < size(sizes[0]):
        return f"spec.storage: can't shrink existing storage from {sizes[0]} to {sizes[1]}"
    if "imageName" not in spec:
        return ""
    runs = live.get("status", {}).get("pgDataImageInfo", {}).get("majorVersion") or major(
        old.get("imageName")
    )
    wanted = major(spec["imageName"])
    if wanted == 0:
        return f"spec.imageName: {spec['imageName']} has no version"
    if wanted < runs or runs < wanted < OLDEST_TARGET:
        return f"spec.imageName: can't go from PostgreSQL {runs} to {wanted}"
    return ""


def major(image: str | None) -> int:
    """The PostgreSQL major of an image; 0 where its tag doesn't say: machinery's reference and version."""
    path = re.sub("@sha256:[0-9a-fA-F]+$", "", image or "").rpartition("/")[2]
    match = re.match("[0-9]+", path.partition(":")[2])
    return int(match[0]) if match else 0
