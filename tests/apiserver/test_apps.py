"""The API server admits real apps: the NodeApps, and every object that is composed of them."""

from pathlib import Path

import pytest

from function.api.names import API_VERSION
from function.cli.kube_yaml import dump
from function.patch import merge
from tests.apps import APPS, RECIPES, nodeapp, world
from tests.plane.kubectl import Cluster, Json

DESIRED = ("name", "labels", "annotations")
"""What the function desires of an object's metadata; the rest is Crossplane's and the API server's."""


@pytest.mark.parametrize("file", [*APPS, *RECIPES], ids=lambda file: file.stem)
def test_apps_are_admitted(cluster: Cluster, restricted: str, file: Path) -> None:
    """As Flux applies a NodeApp, and as Crossplane applies what is composed of it."""
    app = nodeapp(file)
    assert app["apiVersion"] == API_VERSION
    assert dry_run(cluster, "kustomize-controller", merge(app, {"metadata": {"namespace": restricted}})) == 1
    objects = [
        moved(key, manifest, restricted) for key, manifest in sorted(world(file).settle().state.items())
    ]
    assert dry_run(cluster, "crossplane", *objects) == len(objects) > 0


def moved(key: str, manifest: Json, namespace: str) -> Json:
    """An object as the function desires it, in another namespace. Crossplane names what has no name."""
    desired = {name: value for name, value in manifest["metadata"].items() if name in DESIRED}
    where = {"namespace": namespace} if "namespace" in manifest["metadata"] else {}
    return manifest | {"metadata": {"name": key} | desired | where}


def dry_run(cluster: Cluster, manager: str, *objects: Json) -> int:
    """How many objects the API server admits in a dry run. Raises RefusedError for one that it doesn't."""
    options = ("--server-side", "--force-conflicts", f"--field-manager={manager}", "--dry-run=server")
    return len(cluster.kubectl("apply", *options, "-f", "-", given=dump(list(objects))).splitlines())
