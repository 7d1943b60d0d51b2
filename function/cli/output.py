"""What render prints for programs: Kubernetes objects, as YAML or JSON."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from function.app import Object
from function.cli.kube_yaml import dump, ordered
from function.cli.pipeline import Outcome
from function.cli.snapshot import KEY
from function.read import text

IDENTITY = ("name", "namespace", "labels", "annotations")
"""Fields of the XR's metadata that are printed."""


def objects(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """The XR with its status, then every composed object by key."""
    metadata = {key: outcome.xr["metadata"][key] for key in IDENTITY if outcome.xr["metadata"].get(key)}
    yield {
        "apiVersion": outcome.xr["apiVersion"],
        "kind": outcome.xr["kind"],
        "metadata": metadata,
        "status": {**outcome.status, "conditions": [outcome.ready, *outcome.conditions]},
    }
    for key, composed, _ in outcome.resources:
        metadata = composed["metadata"]
        name = {"name": named(outcome, key, composed)}
        annotations = {"annotations": metadata.get("annotations", {}) | {KEY: key}}
        yield {**composed, "metadata": metadata | name | annotations}


def named(outcome: Outcome, key: str, composed: Object) -> str:
    """The name of an object. If the manifest has none, Crossplane derives one from the XR and the key."""
    xr = outcome.xr["metadata"]
    digest = hashlib.sha256(f"{xr['uid']}{key}".encode()).hexdigest()
    given = (text(each, "metadata", "name") for each in (composed, outcome.observed.get(key)))
    return next(filter(None, given), f"{xr['name']}-{digest[:12]}")


def as_yaml(outcomes: Iterable[Outcome]) -> str:
    """A stream of documents."""
    return dump([each for outcome in outcomes for each in objects(outcome)])


def as_json(outcomes: Iterable[Outcome]) -> str:
    """One List, as kubectl prints it."""
    listed = [ordered(each) for outcome in outcomes for each in objects(outcome)]
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": listed}, indent=2) + "\n"
