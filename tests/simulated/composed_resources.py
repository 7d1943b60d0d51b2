"""What Crossplane makes of desired objects before it applies them, and how an XR refers to them."""

import hashlib
from typing import Any

from tests.simulated.api_server import CLUSTER_SCOPED
from tests.simulated.composition_pipeline import ComposeError
from tests.simulated.server_side_apply import Manifest

KEY = "crossplane.io/composition-resource-name"
COMPOSITE = "crossplane.io/composite"
CLAIM_NAME, CLAIM_NAMESPACE = "crossplane.io/claim-name", "crossplane.io/claim-namespace"


def labelled(xr: Manifest) -> Manifest:
    """An XR with the label by which its resources are named."""
    metadata = xr["metadata"]
    labels = metadata.get("labels", {}) | {COMPOSITE: metadata["name"]}
    return xr | {"metadata": metadata | {"labels": labels}}


def machinery(xr: Manifest) -> Manifest:
    """Where Crossplane keeps its own fields: a modern XR has a place for them."""
    spec: Manifest = xr["spec"]
    return spec.get("crossplane", {}) if xr["metadata"].get("namespace") else spec


def referring(xr: Manifest, references: list[Manifest]) -> Manifest:
    """The XR's spec with nothing but references."""
    own = {"resourceRefs": references}
    return {"spec": {"crossplane": own} if xr["metadata"].get("namespace") else own}


def partial(xr: Manifest, more: Manifest) -> Manifest:
    """What identifies an XR, and more."""
    metadata = {key: xr["metadata"][key] for key in ("name", "namespace") if key in xr["metadata"]}
    return {"apiVersion": xr["apiVersion"], "kind": xr["kind"], "metadata": metadata} | more


def reference(xr: Manifest, composed: Manifest) -> Manifest:
    """A reference to a composed resource."""
    fields = {key: composed[key] for key in ("apiVersion", "kind")} | {"name": composed["metadata"]["name"]}
    namespace = None if xr["metadata"].get("namespace") else composed["metadata"].get("namespace")
    return fields | ({"namespace": namespace} if namespace else {})


def rendered(xr: Manifest, key: str, desired: Manifest, observed: Manifest | None) -> Manifest:
    """A desired object with what Crossplane adds. Raises ComposeError."""
    metadata, owner = desired["metadata"], xr["metadata"]
    labels = {COMPOSITE: owner["name"]}
    if CLAIM_NAME in owner["labels"]:
        labels |= {name: owner["labels"][name] for name in (CLAIM_NAME, CLAIM_NAMESPACE)}
    if owner.get("namespace") and desired["kind"] in CLUSTER_SCOPED:
        message = f"cannot apply cluster scoped composed resource {key!r} for a namespaced composite resource"
        raise ComposeError(message)
    more: dict[str, Any] = {
        "name": metadata.get("name") or child_name(owner["name"], owner["uid"], key),
        "labels": metadata.get("labels", {}) | labels,
        "annotations": metadata.get("annotations", {}) | {KEY: key},
        "ownerReferences": [controlling(xr)],
    }
    if owner.get("namespace"):
        more["namespace"] = owner["namespace"]
    if observed:
        more |= {k: observed["metadata"][k] for k in ("name", "namespace") if k in observed["metadata"]}
    return desired | {"metadata": metadata | more}


def controlling(xr: Manifest) -> Manifest:
    """An owner reference to an XR."""
    identity = {"apiVersion": xr["apiVersion"], "kind": xr["kind"], "name": xr["metadata"]["name"]}
    return identity | {"uid": xr["metadata"]["uid"], "controller": True, "blockOwnerDeletion": True}


def controller(manifest: Manifest) -> str | None:
    """The uid of whoever controls an object."""
    owners = manifest["metadata"].get("ownerReferences", [])
    return next((owner["uid"] for owner in owners if owner.get("controller")), None)


def child_name(parent: str, uid: str, key: str) -> str:
    """The name Crossplane gives an object without one."""
    return f"{parent[:50]}-{hashlib.sha256((uid + key).encode()).hexdigest()[:12]}"


def owner_name(xr: Manifest) -> str:
    """Who applies an XR's objects."""
    kind = f"{xr['kind']}.{xr['apiVersion'].partition('/')[0]}"
    digest = hashlib.sha256((xr["metadata"]["name"] + kind).encode()).hexdigest()
    return f"apiextensions.crossplane.io/composed/{digest}"
