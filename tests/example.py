"""The example, lived through on the simulator: its XR and what is observed of it, for Crossplane's render."""

from typing import Any

import yaml

from tests.simulator import World

VOLATILE = ("creationTimestamp", "generation", "managedFields", "resourceVersion")
"""Metadata that says nothing to a reader. A Deployment keeps its generation: its status is judged by it."""


def lived(nodeapp: str, platform: str) -> World:
    """A cluster on which the example runs."""
    claim, settings = yaml.safe_load(nodeapp), yaml.safe_load(platform)
    metadata = claim["metadata"]
    return World(
        claim["spec"], settings["spec"], name=metadata["name"], namespace=metadata["namespace"]
    ).settle()


def composite(world: World) -> dict[str, Any]:
    """The XR as a claim makes it, before anything is composed."""
    xr = {key: value for key, value in world.xr.items() if key != "status"}
    spec = {key: value for key, value in xr["spec"].items() if key != "resourceRefs"}
    kept = {key: xr["metadata"][key] for key in ("name", "uid", "labels")}
    return xr | {"metadata": kept, "spec": spec}


def observed(world: World) -> list[dict[str, Any]]:
    """Every composed object as it runs, by key."""
    return [bare(world.object(key)) for key in sorted(world.keys)]


def bare(manifest: dict[str, Any]) -> dict[str, Any]:
    """An object without what says nothing to a reader."""
    dropped = VOLATILE if manifest["kind"] != "Deployment" else VOLATILE[2:]
    metadata = {key: value for key, value in manifest["metadata"].items() if key not in dropped}
    return manifest | {"metadata": metadata}
