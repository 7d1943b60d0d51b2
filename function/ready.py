"""Why an object isn't ready yet: one table, by kind."""

from dataclasses import dataclass

from function.api.names import HASH, LATER_RECORDS
from function.app import Check, Object
from function.place import Manifest
from function.read import at, condition, number, text
from function.report import NOT_READY, PROGRESSING, Problem

Stamp = tuple[str | None, ...]
"""The hash of a manifest, and its records: two manifests of one key with the same stamp are equal."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an object must be like to be ready."""

    kind: str
    stamp: Stamp
    """Its hash is the one that it must have. Right after an edit the observed object is still the old one."""
    check: Check


def expected(manifest: Manifest, check: Check | None) -> Expected:
    """What the object of a manifest must be like. `check`: the part's own check, else its kind's is used."""
    kind: str = manifest["kind"]
    return Expected(kind, stamp(manifest), check or CHECKS.get(kind, exists))


def stamp(manifest: Manifest) -> Stamp:
    """The stamp of a finished manifest."""
    annotations = manifest["metadata"]["annotations"]
    return (annotations[HASH], *(annotations.get(name) for name in LATER_RECORDS))


def why(observed: Object | None, expected: Expected) -> Problem | None:
    """Why an object isn't ready; None if it is. The reason is Progressing until it is created and updated."""
    if observed is None:
        return Problem(PROGRESSING, f"{expected.kind} not created yet")
    if at(observed, "metadata", "deletionTimestamp"):
        return Problem(PROGRESSING, f"{expected.kind} is being deleted")
    if at(observed, "metadata", "annotations", HASH) != expected.stamp[0]:
        return Problem(PROGRESSING, f"{expected.kind} not updated yet")
    problem = expected.check(observed)
    return Problem(NOT_READY, problem) if problem and isinstance(problem, str) else problem or None


def exists(_: Object) -> str:
    """Existing is enough: most kinds have no status to wait for."""
    return ""


def rollout(deployment: Object) -> str:
    """Every replica runs the newest template and is available, and no older one is left."""
    status = at(deployment, "status")
    if number(status, "observedGeneration") < number(deployment, "metadata", "generation"):
        return "rollout not started yet"
    stated = at(deployment, "spec", "replicas")
    want = stated if isinstance(stated, int) else 1
    replicas, updated = number(status, "replicas"), number(status, "updatedReplicas")
    available = number(status, "availableReplicas")
    if (available < want or updated < replicas) and at(deployment, "spec", "paused") is True:
        return paused(deployment, updated, want)
    # One sentence for a whole rollout: Crossplane calls the function twice more for each that it writes.
    if available < want:
        state = f"{available} of {want} replicas available"
    elif updated < replicas:
        state = "pods of an older version still run"
    else:
        return f"pods still run that aren't wanted any more: {replicas - want}" if replicas > want else ""
    causes = [cause(deployment, "ReplicaFailure", "True"), cause(deployment, "Progressing", "False")]
    return "; ".join([state, *filter(None, causes)])


def paused(deployment: Object, updated: int, want: int) -> str:
    """Somebody paused the Deployment, so Kubernetes replaces no pod. Those of the older version serve on."""
    name, namespace = (text(deployment, "metadata", key) for key in ("name", "namespace"))
    return (
        f"paused by hand: {updated} of {want} replicas run the newest version; "
        f"run kubectl rollout resume deployment/{name} -n {namespace}"
    )


def cause(deployment: Object, type_: str, bad: str) -> str:
    """Reason and message of a condition with the bad status; empty if it has another one."""
    current = condition(deployment, type_)
    if current.get("status") != bad:
        return ""
    return ": ".join(filter(None, (text(current, "reason"), text(current, "message"))))


CHECKS: dict[str, Check] = {"Deployment": rollout}
"""Kinds for which existing isn't enough."""
