"""Going back to the first commit brings back what was desired then, except for what is held."""

from typing import Any

from function.api.names import FIRST_CA, HASH, RENEWED_CA
from function.components.cron_job import WAITS
from function.components.pods import ASLEEP
from tests.simulated.server_side_apply import Manifest

CLUSTER_KEY = "database-cluster"
POOLER_KEY = "database-pooler"
ALERTS_KEY = "prometheusrule"
ALERTED = ("instances", "plugins")
"""Fields of a Cluster's spec that its alerts are about: replicas, and backups. Both may be held."""
VERSION = "app.kubernetes.io/version"
"""Label of what has pods: their image's tag."""
PROTECTION = {f"deletion-protection{what}" for what in ("", "-xr", "-database", "-namespace")}
"""Keys of usages: a Retain that was in force stays in force."""
DATABASE_OBJECTS = {
    "database-networkpolicy",
    "database-objectstore",
    "database-origin",
    "database-extensions",
}
"""Keys of objects that depend on how a database was made and on its name: an adopted one has fewer."""
SCHEDULE = "database-backup-"
"""How the key of a ScheduledBackup begins. The rest names its archive, which is held."""
BACKUP_FIELDS = {"plugins", "serviceAccountTemplate"}
"""Fields of a Cluster's spec that backups bring. Under Retain no edit alone switches these off."""
HELD_FIELDS = {"imageName", "storage", "bootstrap", "externalClusters", "description"} | BACKUP_FIELDS
"""Fields of a Cluster's spec that only grow, and those that are decided when it is made."""
RECORDS = {HASH, FIRST_CA, RENEWED_CA, "platform.io/cluster-uid"}
"""Annotations that record what happened: the CA that was renewed, the uid. No commit takes that back."""
HELD_ANNOTATIONS = {
    HASH,
    "platform.io/deletion-policy",
    "platform.io/adopted",
    "platform.io/server-name",
    "platform.io/cluster-uid",
    "platform.io/made-with",
    "platform.io/recovered-from",
    "platform.io/restore",
}
"""Annotations of a Cluster of these kinds."""


def check_converged(
    first: dict[str, Manifest], now: dict[str, Manifest], *, lost: bool, waits: bool, left: bool
) -> None:
    """Fails if anything differs that isn't held.

    `lost`: there is no database that may be touched. `waits`: the backend waits for its database.
    `left`: the database has settings that a former XR applied, and may have more instances for them.
    """
    for key in (first.keys() | now.keys()) - PROTECTION - DATABASE_OBJECTS:
        if key.startswith(SCHEDULE):
            continue
        if (lost and key.startswith("database-")) or (waits and connects(key)):
            continue
        if key == POOLER_KEY and key not in first:
            assert now[key]["spec"]["instances"] == 0
        elif key == CLUSTER_KEY:
            assert equal_but_for_held(now[key], first[key], {"instances", "enablePDB"} if left else set())
        elif key == ALERTS_KEY and alerted(now) != alerted(first):
            assert now[key]["kind"] == first[key]["kind"]
        elif connects(key) and is_adopted(now.get(CLUSTER_KEY)):
            assert without_template(begun(now[key])) == without_template(begun(first[key]))
        else:
            assert as_compared(now, key) == as_compared(first, key), key
    for key in first.keys() & now.keys() & DATABASE_OBJECTS:
        assert now[key]["kind"] == first[key]["kind"]
    assert now.keys() & PROTECTION >= first.keys() & PROTECTION or lost


def connects(key: str) -> bool:
    """Whether an object has pods that connect to the database: with the credentials and the CA that the maker
    of an adopted Cluster gave it."""
    return key == "backend-deployment" or key.startswith("job-") or is_worker(key)


def is_worker(key: str) -> bool:
    """Whether an object is a worker's Deployment."""
    return key.startswith("worker-") and key.endswith("-deployment")


def as_compared(desired: dict[str, Manifest], key: str) -> Manifest:
    """An object without its records. A scaled Deployment keeps the pods that run, within its bounds.

    Fails if it has more or fewer. A job that sleeps keeps the image with which it ran last: the new one may
    need a migration, and that doesn't run either.
    """
    manifest, scaler = begun(without_records(desired[key])), desired.get(key.replace("-deployment", "-hpa"))
    if manifest["kind"] == "CronJob" and ASLEEP in manifest["metadata"]["annotations"]:
        return without_template(manifest)
    if scaler is None or manifest["kind"] != "Deployment":
        return manifest
    spec = dict(manifest["spec"])
    replicas, bounds = spec.pop("replicas", None), scaler["spec"]
    assert not replicas or bounds["minReplicas"] <= replicas <= bounds["maxReplicas"]
    return manifest | {"spec": spec}


def equal_but_for_held(now: Manifest, first: Manifest, also: set[str]) -> bool:
    """Whether a Cluster equals the first one in everything that isn't held. `also`: more fields that are."""
    held = HELD_FIELDS | also | (first["spec"].keys() if is_adopted(now) else set())
    return without_held(now, held) == without_held(first, held)


def alerted(desired: dict[str, Manifest]) -> list[Any]:
    """What the alerts on a database are about."""
    spec = desired.get(CLUSTER_KEY, {}).get("spec", {})
    return [spec.get(field) for field in ALERTED]


def is_adopted(cluster: Manifest | None) -> bool:
    """Whether a Cluster was there before its app composed it."""
    return cluster is not None and "platform.io/adopted" in cluster["metadata"]["annotations"]


def begun(manifest: Manifest) -> Manifest:
    """An object as it is once the backend serves: a job that waits for its migration runs then."""
    annotations = manifest["metadata"].get("annotations", {})
    if WAITS not in annotations:
        return manifest
    metadata = manifest["metadata"] | {"annotations": {k: v for k, v in annotations.items() if k != WAITS}}
    spec = {key: item for key, item in manifest["spec"].items() if key != "suspend" or ASLEEP in annotations}
    return manifest | {"metadata": metadata, "spec": spec}


def without_template(deployment: Manifest) -> Manifest:
    """What makes pods, without them, and without what it records of what happened."""
    spec = {key: item for key, item in deployment["spec"].items() if key not in ("template", "jobTemplate")}
    metadata = without_annotations(deployment["metadata"])
    labels = {key: value for key, value in metadata["labels"].items() if key != VERSION}
    return deployment | {"spec": spec, "metadata": metadata | {"labels": labels}}


def without_records(manifest: Manifest) -> Manifest:
    """An object without what it and its pods record of what happened."""
    metadata = without_annotations(manifest["metadata"])
    if manifest["kind"] != "Deployment":
        return manifest | {"metadata": metadata}
    template = manifest["spec"]["template"]
    template = template | {"metadata": without_annotations(template["metadata"])}
    return manifest | {"metadata": metadata, "spec": manifest["spec"] | {"template": template}}


def without_annotations(metadata: Manifest) -> Manifest:
    """Metadata without those annotations."""
    annotations = metadata.get("annotations", {})
    return metadata | {"annotations": {k: v for k, v in annotations.items() if k not in RECORDS}}


def without_held(cluster: Manifest, held: set[str]) -> Manifest:
    """A Cluster without these fields of its spec, and without the annotations that are held."""
    metadata = cluster["metadata"]
    annotations = {key: text for key, text in metadata["annotations"].items() if key not in HELD_ANNOTATIONS}
    spec = {key: item for key, item in cluster["spec"].items() if key not in held}
    if "postgresql" in spec:
        spec |= {"postgresql": without_quorum(spec["postgresql"])}
    return cluster | {"spec": spec, "metadata": metadata | {"annotations": annotations}}


def without_quorum(postgresql: Manifest) -> Manifest:
    """PostgreSQL's settings without the quorum of a failover, which a Retain that stays in force brings."""
    synchronous = postgresql.get("synchronous") or {}
    kept = {key: value for key, value in synchronous.items() if key != "failoverQuorum"}
    return postgresql | ({"synchronous": kept} if kept else {})
