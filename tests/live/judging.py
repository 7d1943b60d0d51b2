"""What the state of an object means."""

from collections.abc import Mapping
from typing import Any

from function.read import at, condition, text
from tests.plane.kubectl import Json


def operator(type_: str, status: str, reason: str, message: str = "as played") -> Json:
    """A condition as an operator writes it."""
    when = "2026-01-01T00:00:00Z"
    return {"type": type_, "status": status, "reason": reason, "message": message, "lastTransitionTime": when}


def holds(claim: Json, type_: str) -> bool:
    """Whether a condition is True for the NodeApp as it is written."""
    found = condition(claim, type_)
    return found.get("status") == "True" and found.get("observedGeneration") == at(
        claim, "metadata", "generation"
    )


def current(claim: Json, spec: Mapping[str, Any]) -> bool:
    """Whether Flux would call a NodeApp of this spec reconciled."""
    written = at(claim, "status", "accepted") == spec and at(claim, "status", "ready")
    return bool(written) and holds(claim, "Synced") and holds(claim, "Ready")


def said(claim: Json, type_: str) -> tuple[str | None, str | None, str]:
    """Status, reason and message of a condition."""
    found = condition(claim, type_)
    return text(found, "status"), text(found, "reason"), text(found, "message") or ""


def marks(objects: list[Json], mark: str) -> dict[tuple[str, str, str], Any]:
    """Which objects there are, and a mark of each: its `generation` changes with its spec only, its
    `resourceVersion` with any write."""
    return {
        (o["kind"], o["metadata"]["name"], o["metadata"]["uid"]): o["metadata"].get(mark) for o in objects
    }
