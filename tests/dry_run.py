"""Dry runs on a real API server: what the function refuses, CEL rules refuse with the same message."""

import json
from typing import Any

import pytest

from tests.plane.kubectl import Cluster, RefusedError

STRUCTURAL = (
    "is required",
    "must be a whole",
    "must be at",
    "must be true",
    "must be text",
    "must be a map",
    "must be '",
    "must have at least 1 entry",
    "must have at most 14 entries",
)
"""How messages begin that come from the schema's types and bounds. There the API server has its own words."""


def written(api_version: str, kind: str, name: str, spec: Any, namespace: str = "") -> dict[str, Any]:
    """A manifest, as somebody writes it."""
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec}


def submit(cluster: Cluster, given: dict[str, Any]) -> None:
    """Create an object in a dry run. Raises RefusedError."""
    cluster.kubectl("create", "--dry-run=server", "-f", "-", given=json.dumps(given))


def refused(cluster: Cluster, given: dict[str, Any], says: str) -> None:
    """Fails if an object is admitted, or is refused with another message than the function's."""
    _, _, sentence = says.partition(": ")
    message = sentence.rpartition(", not ")[0] or sentence
    with pytest.raises(RefusedError) as refusal:
        submit(cluster, given)
    assert message.startswith(STRUCTURAL) or message in str(refusal.value), given
