"""What the API server and CloudNativePG's webhook refuse."""

import re

from function.api.quantity import size
from tests.simulated.immutable import immutable
from tests.simulated.server_side_apply import Manifest

OLDEST_TARGET = 16
"""The oldest major that CloudNativePG upgrades to."""


def invalid(live: Manifest | None, new: Manifest) -> str:
    """Why an object is refused; empty when it isn't."""
    owners = new["metadata"].get("ownerReferences", [])
    if sum(bool(owner.get("controller")) for owner in owners) > 1:
        return "metadata.ownerReferences: Only one reference can have Controller set to true"
    if new["kind"] == "Cluster" and (why := contradiction(new["spec"])):
        return why
    if live is None:
        return ""
    if why := immutable(live, new):
        return why
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
