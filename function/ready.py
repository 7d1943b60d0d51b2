"""Why an object isn't ready yet: one table, by kind."""

from dataclasses import dataclass

from function.app import NOT_READY, PROGRESSING, Check, Manifest, Object, Problem
from function.names import HASH
from function.read import at, condition, number, text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an object is judged by."""

    kind: str
    hash: str
    """What it must carry: right after an edit the observed object is the old, healthy one."""
    check: Check


def wanted(manifest: Manifest, check: Check | None) -> Wanted:
    """What an object made from a manifest is judged by: a part's own check, else its kind's."""
    kind: str = manifest["kind"]
    return Wanted(kind, manifest["metadata"]["annotations"][HASH], check or CHECKS.get(kind, exists))


def why(observed: Object | None, want: Wanted) -> Problem | None:
    """Why an object isn't ready. While it only isn't there or updated yet, it is progressing."""
    if observed is None:
        return Problem(PROGRESSING, f"{want.kind} not created yet")
    if at(observed, "metadata", "deletionTimestamp"):
        return Problem(PROGRESSING, f"{want.kind} is being deleted")
    if at(observed, "metadata", "annotations", HASH) != want.hash:
        return Problem(PROGRESSING, f"{want.kind} not updated yet")
    problem = want.check(observed)
    return Problem(NOT_READY, problem) if problem else None


def exists(_: Object) -> str:
    """Being there is enough: most kinds have no status worth waiting for."""
    return ""


def rollout(deployment: Object) -> str:
    """Every replica runs the newest template and is available, and no older one is left."""
    status = at(deployment, "status")
    if number(status, "observedGeneration") < number(deployment, "metadata", "generation"):
        return "rollout not started yet"
    stated = at(deployment, "spec", "replicas")
    want = stated if isinstance(stated, int) else 1
    available = min(number(status, "updatedReplicas"), number(status, "availableReplicas"))
    if available < want:
        causes = [cause(deployment, "ReplicaFailure", "True"), cause(deployment, "Progressing", "False")]
        return "; ".join([f"{available} of {want} replicas available", *filter(None, causes)])
    older = number(status, "replicas") - want
    return f"pods of an older version still running: {older}" if older > 0 else ""


def cause(deployment: Object, type_: str, bad: str) -> str:
    """What a condition says is wrong, if it does."""
    found = condition(deployment, type_)
    if found.get("status") != bad:
        return ""
    return ": ".join(filter(None, (text(found, "reason"), text(found, "message"))))


CHECKS: dict[str, Check] = {"Deployment": rollout}
"""Kinds for which being there isn't enough."""
