"""What the API server must say of what the function refuses: the same words, where CEL says them."""

import json
from typing import Any

import pytest

from tests.plane.kubectl import Cluster, RefusedError

STRUCTURAL = (
    *("is required", "must be a whole", "must be at", "must be true", "must be text", "must be '"),
    "must have at least 1 entry",
)
"""Beginnings of what a schema says without a rule, and the API server in words of its own."""


def written(api_version: str, kind: str, name: str, spec: Any, namespace: str = "") -> dict[str, Any]:
    """An object, as somebody writes it."""
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec}


def submit(cluster: Cluster, given: dict[str, Any]) -> None:
    """Ask the API server what it would say of an object. Raises RefusedError."""
    cluster.kubectl("create", "--dry-run=server", "-f", "-", given=json.dumps(given))


def refused(cluster: Cluster, given: dict[str, Any], says: str) -> None:
    """Fails where an object is admitted, or refused in other words than the function's."""
    _, _, said = says.partition(": ")
    words = said.rpartition(", not ")[0] or said
    with pytest.raises(RefusedError) as refusal:
        submit(cluster, given)
    assert words.startswith(STRUCTURAL) or words in str(refusal.value), given
