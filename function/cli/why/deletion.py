"""Why a NodeApp that was deleted is there still: what of it isn't gone, and who has to end that."""

from collections.abc import Iterator

from function.app import Object
from function.cli.why.seen import Cause, Seen
from function.read import at, text

PART = "deletion"
FOREGROUND = "foregroundDeletion"
"""Kubernetes' own finalizer: it waits for what the object owns, such as pods that are stopping."""
WHO = {
    "cnpg.io": "CloudNativePG",
    "crossplane.io": "Crossplane",
    "external-secrets.io": "External Secrets Operator",
}
"""Domain of a finalizer → who takes it off."""


def causes(seen: Seen) -> Iterator[Cause]:
    """What the deletion waits for. Nothing of an app that nobody deleted."""
    since = text(seen.app, "metadata", "deletionTimestamp")
    if since is None:
        return
    begun = f"the NodeApp was deleted at {since}"
    held = [each for each in seen.remaining if others(each)]
    for each in held:
        yield Cause(
            PART, f"{begun}, and {waits(each)}", f"kubectl describe {typed(each)} -n {seen.namespace}"
        )
    if not held:
        yield unfinished(seen, begun)


def unfinished(seen: Seen, begun: str) -> Cause:
    """Kubernetes is still deleting objects, or Crossplane hasn't begun, or hasn't ended it."""
    going = [each for each in seen.remaining if text(each, "metadata", "deletionTimestamp")]
    if going:
        names = ", ".join(f"{each['kind']} {each['metadata']['name']}" for each in going)
        message = f"{begun}; still being deleted: {names}"
        command = f"kubectl get pods -n {seen.namespace} -l app.kubernetes.io/part-of={seen.name}"
        return Cause(PART, message, command)
    if seen.unseen:
        message = f"{begun}; what it waits for is told to those who may see its XR and its objects"
        return Cause(PART, message, f"kubectl describe nodeapp {seen.name} -n {seen.namespace}")
    message = f"{begun}, and Crossplane has to end that; see whether it runs"
    return Cause(PART, message, "kubectl get pods -n crossplane-system")


def waits(each: Object) -> str:
    """Whose work on an object is missing."""
    finalizers = others(each)
    named = {
        who for name in finalizers for domain, who in WHO.items() if name.partition("/")[0].endswith(domain)
    }
    who = " and ".join(sorted(named)) or "its controller"
    what = f"{each['kind']} {each['metadata']['name']}"
    return f"{who} has to take the finalizer {', '.join(finalizers)} off {what}; see whether it runs"


def others(each: Object) -> list[str]:
    """The finalizers of an object that is being deleted, but for Kubernetes' own."""
    found = at(each, "metadata", "finalizers") or []
    return (
        [name for name in found if name != FOREGROUND] if text(each, "metadata", "deletionTimestamp") else []
    )


def typed(each: Object) -> str:
    """An object as kubectl takes it, whatever other APIs have a kind of this name."""
    group, _, version = each["apiVersion"].rpartition("/")
    return f"{each['kind']}.{version}.{group}/{each['metadata']['name']}"
