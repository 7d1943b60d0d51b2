"""On a real API server an app at rest writes nothing."""

import json
import time
from collections.abc import Iterator

import yaml

from function.cli.kube_yaml import dump
from tests import golden
from tests.plane.kubectl import Cluster, Json
from tests.simulated.struct_codec import manifest

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


def composed() -> Iterator[tuple[str, list[Json]]]:
    """The objects of each golden, with a namespace of their own."""
    for file in sorted(golden.CASES.glob("*.yaml")):
        case, namespace = next(yaml.safe_load_all(file.read_text())), f"at-rest-{file.stem}"
        desired = golden.response(case).desired.resources
        yield namespace, [named(key, namespace, manifest(r.resource)) for key, r in sorted(desired.items())]


def named(key: str, namespace: str, item: Json) -> Json:
    """An object in this namespace, also one that Crossplane gives a name."""
    metadata = {"name": f"{namespace}-{key}"} | item["metadata"]
    return item | {"metadata": metadata | ({"namespace": namespace} if "namespace" in metadata else {})}


def test_an_apply_of_the_same_writes_nothing(cluster: Cluster) -> None:
    """Every object of every golden is applied twice, and stored once: each write would cause a reconcile."""
    cases = {namespace: objects for namespace, objects in composed() if objects}
    cluster.apply(*({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in cases))
    first = {namespace: applied(cluster, objects) for namespace, objects in cases.items()}
    time.sleep(1.1)  # The API server writes down seconds.
    again = {namespace: applied(cluster, objects) for namespace, objects in cases.items()}
    for namespace in cases:
        cluster.delete("namespace", namespace)
    assert first
    assert again == first
