"""On a real API server an app at rest writes nothing."""

import json
import time
from pathlib import Path

import pytest
import yaml

from function.cli.kube_yaml import dump
from tests import golden
from tests.plane.kubectl import Cluster, Json
from tests.simulated.struct_codec import manifest

CASES = sorted(golden.CASES.glob("*.yaml"))
MANAGER = "crossplane"


def applied(cluster: Cluster, objects: list[Json]) -> dict[tuple[str, str], str]:
    """Apply objects as Crossplane does: when the API server last wrote what is applied, by kind and name."""
    options = ("--server-side", "--force-conflicts", f"--field-manager={MANAGER}", "--show-managed-fields")
    said = json.loads(cluster.kubectl("apply", *options, "-o", "json", "-f", "-", given=dump(objects)))
    return {
        (each["kind"], each["metadata"]["name"]): entry["time"]
        for each in said.get("items", [said])
        for entry in each["metadata"]["managedFields"]
        if entry["manager"] == MANAGER
    }


def named(key: str, namespace: str, item: Json) -> Json:
    """An object in this namespace, also one that Crossplane gives a name."""
    metadata = {"name": f"{namespace}-{key}"} | item["metadata"]
    return item | {"metadata": metadata | ({"namespace": namespace} if "namespace" in metadata else {})}


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_an_apply_of_the_same_writes_nothing(cluster: Cluster, file: Path) -> None:
    """Every object of every golden is applied twice, and stored once: each write would cause a reconcile."""
    case = next(yaml.safe_load_all(file.read_text()))
    desired, namespace = golden.response(case).desired.resources, f"at-rest-{file.stem}"[:63].strip("-")
    objects = [named(key, namespace, manifest(r.resource)) for key, r in sorted(desired.items())]
    if objects:
        cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}})
        first = applied(cluster, objects)
        time.sleep(1.1)  # The API server writes down seconds.
        assert applied(cluster, objects) == first
        cluster.delete("namespace", namespace)
