"""Why Crossplane itself can't go on with an app. Only the XR shows it: a NodeApp with a claim never does."""

from collections.abc import Iterator

from function.api.nodeapp import KEYS
from function.app import Object
from function.cli.why import deletion
from function.cli.why.refusals import refusal
from function.cli.why.seen import CROSSPLANES, Cause, Seen
from function.read import at, condition, items, text

PART = "Crossplane"
PAUSED = "crossplane.io/paused"


def causes(seen: Seen) -> Iterator[Cause]:
    """What the NodeApp and its XR say of their own."""
    app, composite = seen.app, seen.composite
    yield from deletion.causes(seen)
    for each in (app, *([composite] if composite and composite is not app else [])):
        yield from paused(each, seen.namespace)
    found = [*unsynced(seen), *refused(seen)] or list(lacking(seen))
    yield from found
    if not found and (waiting := untaken(seen)):
        yield waiting


def paused(each: Object, namespace: str) -> Iterator[Cause]:
    """Somebody told Crossplane to leave it alone."""
    if text(each, "metadata", "annotations", PAUSED) == "true":
        what, where = described(each), f" -n {namespace}" if text(each, "metadata", "namespace") else ""
        message = f"{what} is paused, so no edit takes effect; take the annotation {PAUSED} off to resume it"
        yield Cause(PART, message, f"kubectl annotate {reference(each)}{where} {PAUSED}-")


def unsynced(seen: Seen) -> Iterator[Cause]:
    """What Crossplane can't do at all."""
    for each in filter(None, (seen.composite, seen.app)):
        synced = condition(each, "Synced")
        message = text(synced, "message") or ""
        if synced.get("status") == "False" and not message.startswith("Unsynced resources"):
            yield from meant(seen, each, message)
            if seen.composite is seen.app:
                return


def refused(seen: Seen) -> Iterator[Cause]:
    """The objects that the API server refused in the last reconcile. Only events of the XR say why."""
    composite = seen.composite
    if composite is None:
        return
    synced = condition(composite, "Synced")
    stuck = synced.get("status") == "False" and (text(synced, "message") or "").startswith(
        "Unsynced resources"
    )
    told = [event for event in seen.about(composite) if text(event, "type") == "Warning"]
    for message in dict.fromkeys(text(event, "message") or "" for event in reversed(told)):
        known = refusal(message, seen.namespace)
        if known and (stuck or "has no" in known.message):
            yield Cause(PART, known.message, known.command)


def lacking(seen: Seen) -> Iterator[Cause]:
    """CloudNativePG isn't there. If its CRD was deleted in use, Crossplane writes nothing at all."""
    if "Cluster" in seen.missing and at(seen.app, "spec", "database") is not None:
        known = refusal('no matches for kind "Cluster" in version "postgresql.cnpg.io/v1"', seen.namespace)
        if known:
            yield Cause(PART, known.message, known.command)


def meant(seen: Seen, each: Object, message: str) -> Iterator[Cause]:
    """A message of Crossplane, understood or repeated."""
    where = f" -n {seen.namespace}" if text(each, "metadata", "namespace") else ""
    known = refusal(message, seen.namespace)
    said = known.message if known else f"{described(each)} can't be reconciled: {message}"
    yield Cause(PART, said, known.command if known else f"kubectl describe {reference(each)}{where}")


def untaken(seen: Seen) -> Cause | None:
    """An app that Crossplane hasn't taken up, or whose last edit it hasn't."""
    app, where = seen.app, f"-n {seen.namespace}"
    spec, accepted, refused = (
        at(app, *path) for path in (("spec",), ("status", "accepted"), ("status", "refused"))
    )
    if not at(seen.composite or app, "status", "conditions"):
        message = "Crossplane hasn't taken the NodeApp up yet; if that lasts, its Composition isn't installed"
        return Cause(PART, message, "kubectl get xrd,compositions,functions.pkg.crossplane.io")
    name = text(app, "spec", "resourceRef", "name")
    describe = (
        f"kubectl describe xnodeapp {name}" if name else f"kubectl describe nodeapp {seen.name} {where}"
    )
    ours = (c for c in items(app, "status", "conditions") if c.get("type") not in CROSSPLANES)
    if any(c.get("status") == "Unknown" for c in ours):
        return Cause(PART, "Crossplane can't go on with the app, and only its XR says why", describe)
    if refused is None and accepted is not None and any(at(spec, key) != at(accepted, key) for key in KEYS):
        return Cause(PART, "the last edit hasn't taken effect yet", describe)
    return None


def described(each: Object) -> str:
    """Kind and name, for messages."""
    return f"{each['kind']} {each['metadata']['name']}"


def reference(each: Object) -> str:
    """Kind and name, for kubectl."""
    return f"{each['kind'].lower()} {each['metadata']['name']}"
