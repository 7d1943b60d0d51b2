"""An app at rest in a cluster where everything works: what the next edit of it meets."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from function.api.names import HASH
from function.app import Object
from function.cli import claim, output, pipeline
from function.cli.apps import NodeApp
from function.cli.pipeline import Outcome
from function.cli.snapshot import KEY, Snapshot
from function.components.database.images import major
from function.read import at, items, number, text

CALLS = 10
"""Calls after which an app is at rest. An upgrade of PostgreSQL takes the most: four."""


@dataclass(frozen=True, slots=True)
class Running:
    """An app, as it is after the last call about it."""

    outcome: Outcome
    objects: Mapping[str, Object] = field(default_factory=dict)
    """Its composed objects, by key."""

    @property
    def composite(self) -> Object:
        """Its XR, with its status."""
        conditions = [self.outcome.ready, *self.outcome.conditions]
        return {**self.outcome.xr, "status": {**self.outcome.status, "conditions": conditions}}


def at_rest(
    app: NodeApp,
    before: Running | None,
    others: Iterable[Object],
    *,
    modern: bool,
    address: str | None = None,
) -> Running:
    """The app at rest.

    `before`: as it ran when this spec was committed. `others`: objects that it may require, such as the
    Platform. `address`: where the function is served; None: it runs here. A refused app is as it was before.
    """
    beside, last = [versioned(each) for each in others], before
    for _ in range(CALLS):
        running = called(app, last, beside, modern=modern, address=address)
        if running.outcome.fatal:
            return running
        if last and last.objects == running.objects and last.outcome.status == running.outcome.status:
            break
        last = running
    return running


def called(
    app: NodeApp, last: Running | None, others: list[Object], *, modern: bool, address: str | None
) -> Running:
    """The app after one call."""
    objects, known = (last.objects, last.composite) if last else ({}, None)
    xr = versioned(claim.composite(app, known, modern=modern))
    asked = at(last.outcome.response, "requirements", "resources") if last else None
    outcome = pipeline.run(app, xr, Snapshot([], list(objects.values()), others), address, asked)
    if outcome.fatal:
        return Running(outcome, objects)
    return Running(outcome, {key: working(outcome, key, each) for key, each, _ in outcome.resources})


def working(outcome: Outcome, key: str, manifest: Object) -> Object:
    """A composed object that works, as a cluster has it."""
    name = output.named(outcome, key, manifest)
    metadata = manifest["metadata"] | {
        "name": name,
        "annotations": manifest["metadata"].get("annotations", {}) | {KEY: key},
        "uid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{outcome.app}/{key}/{name}")),
        # What it is made from decides its status too.
        "resourceVersion": manifest["metadata"]["annotations"][HASH],
    }
    status = STATUSES[manifest["kind"]](manifest) if manifest["kind"] in STATUSES else {}
    return {**manifest, "metadata": metadata, "status": status}


def versioned(each: Object) -> Object:
    """An object with a version that changes with it, as a cluster gives one: the function remembers by it."""
    content = json.dumps(each, sort_keys=True, default=str).encode()
    version = hashlib.sha256(content).hexdigest()
    return {**each, "metadata": {"uid": version, **each["metadata"], "resourceVersion": version}}


def deployment(manifest: Object) -> dict[str, Any]:
    """All pods run the newest template."""
    pods = number(manifest, "spec", "replicas")
    return dict.fromkeys(("replicas", "updatedReplicas", "availableReplicas"), pods)


def cluster(manifest: Object) -> dict[str, Any]:
    """All instances serve, with the image that is asked for, and WAL is archived if it shall be."""
    image = text(manifest, "spec", "imageName")
    archived = {"type": "ContinuousArchiving", "status": "True"}
    return {
        "phase": "Cluster in healthy state",
        "readyInstances": number(manifest, "spec", "instances"),
        "currentPrimary": f"{manifest['metadata']['name']}-1",
        "pgDataImageInfo": {"image": image, "majorVersion": major(image)},
        "conditions": [archived] if items(manifest, "spec", "plugins") else [],
    }


STATUSES = {"Deployment": deployment, "Cluster": cluster}
"""The status of the kinds of which a status decides what is desired."""
