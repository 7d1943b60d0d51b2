"""Build the composite resource (XR) that Crossplane would send for a NodeApp."""

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from function.api.names import API_VERSION, CLAIM, COMPOSITE
from function.cli.apps import NodeApp
from function.identity import CLAIM_NAME, CLAIM_NAMESPACE
from function.read import at, text

OF_CLAIMS = ("compositeDeletePolicy", "resourceRef", "writeConnectionSecretToRef")
"""Keys of a claim's spec that its XR doesn't have."""

KUBERNETES = ("kubernetes.io", "k8s.io")
"""Domains whose labels and annotations stay on the claim."""


def composite(app: NodeApp, known: Mapping[str, Any] | None, *, modern: bool) -> dict[str, Any]:
    """The XR of an app.

    `known`: the XR or the NodeApp as a cluster has it. Its status, name and uid are kept.
    `modern`: a NodeApp is an XR itself, not a claim.
    """
    if app.kind == CLAIM and not modern:
        xr = of_claim(app, known)
    else:
        namespace = {"namespace": app.namespace} if app.kind == CLAIM else {}
        xr = {
            "apiVersion": API_VERSION,
            "kind": app.kind,
            "metadata": {**app.metadata, **namespace},
            "spec": app.spec,
        }
    stated = (at(each, "status") for each in (known, app.document.value))
    status = next((each for each in stated if isinstance(each, Mapping)), {})
    own = known if at(known, "kind") == xr["kind"] else None
    uid = text(own, "metadata", "uid") or text(xr, "metadata", "uid") or invented(app)
    return xr | {"metadata": xr["metadata"] | {"uid": uid}, "status": status}


def of_claim(app: NodeApp, known: Mapping[str, Any] | None) -> dict[str, Any]:
    """The XR that Crossplane creates for a claim."""
    name = text(
        known, *(("metadata", "name") if at(known, "kind") == COMPOSITE else ("spec", "resourceRef", "name"))
    )
    digest = hashlib.sha256(f"{app.namespace}/{app.name}".encode()).hexdigest()
    labels = {CLAIM_NAME: app.name, CLAIM_NAMESPACE: app.namespace}
    reference = {"apiVersion": API_VERSION, "kind": CLAIM, "name": app.name, "namespace": app.namespace}
    return {
        "apiVersion": API_VERSION,
        "kind": COMPOSITE,
        "metadata": {
            "name": name or f"{app.name}-{digest[:5]}",
            "labels": propagated(app.metadata.get("labels", {})) | labels,
            "annotations": propagated(app.metadata.get("annotations", {})),
        },
        "spec": {k: v for k, v in app.spec.items() if k not in OF_CLAIMS} | {"claimRef": reference},
    }


def propagated(pairs: Mapping[str, str]) -> dict[str, str]:
    """The labels or annotations of a claim that Crossplane copies to its XR."""
    return {key: value for key, value in pairs.items() if not key.partition("/")[0].endswith(KUBERNETES)}


def invented(app: NodeApp) -> str:
    """A uid for an XR that no cluster has. It is the same for the same app, so the output is too."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{app.namespace}/{app.name}"))
