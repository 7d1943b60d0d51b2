"""Crossplane's reconciler of claims: spec and labels go to the XR, its status comes back."""

from tests.simulated.api_server import ApiServer, Ref
from tests.simulated.composed_resources import CLAIM_NAME, CLAIM_NAMESPACE
from tests.simulated.conditions import condition, get_condition, set_condition
from tests.simulated.server_side_apply import Manifest

CLAIM = "apiextensions.crossplane.io/claim"
"""Who writes the XR's part that comes from the claim."""
CLAIM_ONLY = ("resourceRef", "compositeDeletePolicy", "compositionRevisionRef", "writeConnectionSecretToRef")
XR_STATUS_ONLY = ("conditions", "claimConditionTypes", "connectionDetails")
SELECTED = {
    "compositionRef": {"name": "node-development"},
    "compositionRevisionRef": {"name": "node-development-7c5e9a1"},
    "compositionUpdatePolicy": "Automatic",
}
"""What Crossplane writes into the spec of an XR as it picks a Composition."""


def bind(server: ApiServer, ref: Ref, suffix: str) -> Ref:
    """Apply the claim to its XR, which is made if need be. Returns where that is."""
    claim = server.objects[ref]
    name = claim["spec"].get("resourceRef", {}).get("name") or f"{ref.name}-{suffix}"
    kind = f"X{claim['kind']}"
    metadata = claim["metadata"]
    labels = unreserved(metadata.get("labels", {}))
    annotations = unreserved(metadata.get("annotations", {}))
    identity = {"apiVersion": claim["apiVersion"], "kind": claim["kind"]}
    own = {key: item for key, item in claim["spec"].items() if key not in CLAIM_ONLY}
    own |= {"claimRef": identity | {"name": ref.name, "namespace": ref.namespace}}
    bound = {"resourceRef": {"apiVersion": claim["apiVersion"], "kind": kind, "name": name}}
    server.update(ref, "crossplane", lambda old: old | {"spec": old["spec"] | bound})
    xr: Manifest = {
        "apiVersion": claim["apiVersion"],
        "kind": kind,
        "metadata": {
            "name": name,
            "labels": labels | {CLAIM_NAME: ref.name, CLAIM_NAMESPACE: ref.namespace},
        }
        | ({"annotations": annotations} if annotations else {}),
        "spec": own,
    }
    server.apply(xr, CLAIM)
    made = Ref.of(xr)
    server.update(made, "crossplane", lambda old: old | {"spec": SELECTED | old["spec"]})
    return made


def report(server: ApiServer, ref: Ref, xr_ref: Ref) -> None:
    """Copy the XR's status to the claim, whose generation stamps the conditions."""
    claim, xr = server.objects[ref], server.objects[xr_ref]
    conditions = claim.get("status", {}).get("conditions", [])
    status = {key: item for key, item in xr.get("status", {}).items() if key not in XR_STATUS_ONLY}
    ready = get_condition(xr, "Ready")
    own_conditions = [condition("Synced", "True", "ReconcileSuccess")]
    own_conditions += [
        c for t in xr.get("status", {}).get("claimConditionTypes", []) if (c := get_condition(xr, t))
    ]
    if ready and ready["status"] == "True":
        own_conditions.append(condition("Ready", "True", "Available"))
    else:
        waiting = "Claim is waiting for composite resource to become Ready"
        own_conditions.append(condition("Ready", "False", "Waiting", waiting))
    for new in own_conditions:
        conditions = set_condition(conditions, new, server.now(), claim["metadata"]["generation"])
    server.update(
        ref, "crossplane", lambda old: old | {"status": status | {"conditions": conditions}}, "status"
    )


def unreserved(entries: Manifest) -> Manifest:
    """Labels or annotations that a claim passes on."""
    reserved = ("kubernetes.io", "k8s.io")
    return {key: v for key, v in entries.items() if not key.partition("/")[0].endswith(reserved)}
