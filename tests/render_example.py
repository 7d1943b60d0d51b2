"""The example on the simulator: its XR and the objects observed there, as input of `crossplane render`."""

from typing import Any

import yaml

from tests.simulator import World

NOT_SHOWN = ("creationTimestamp", "generation", "managedFields", "resourceVersion")
"""Metadata that the input leaves out."""
KEPT = {"Deployment": ("creationTimestamp", "generation"), "ScheduledBackup": ("creationTimestamp",)}
"""But for what decides: a Deployment's status refers to its generation, and base backups are newer than their
schedule."""


def settled(nodeapp: str, platform: str) -> World:
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
    metadata = {key: xr["metadata"][key] for key in ("name", "uid", "labels")}
    return xr | {"metadata": metadata, "spec": spec}


def observed(world: World) -> list[dict[str, Any]]:
    """Every composed object as it runs, by key."""
    return [without_server_metadata(world.object(key)) for key in sorted(world.keys)]


def without_server_metadata(manifest: dict[str, Any]) -> dict[str, Any]:
    """An object without most of the metadata that the API server keeps."""
    dropped = set(NOT_SHOWN) - set(KEPT.get(manifest["kind"], ()))
    metadata = {key: value for key, value in manifest["metadata"].items() if key not in dropped}
    return manifest | {"metadata": metadata}
