"""What is composed can be applied again without a write: each write causes a reconcile."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.linters.golden_objects import responses
from tests.plane.crossplane import BREAKER

ROOT = Path(__file__).parents[1]
OURS_ALONE = ("cnpg.io", "coreos.com", "crossplane.io", "gateway.networking.k8s.io")
"""Ends of API groups that CRDs bring: there the API server stores an empty list as it is stated."""


def empty_lists(value: Any, path: str = "") -> Iterator[str]:
    """Paths of the empty lists in a manifest."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from empty_lists(each, f"{path}.{key}")
    if isinstance(value, list):
        if not value:
            yield path
        for each in value:
            yield from empty_lists(each, path)


def test_no_object_of_kubernetes_states_an_empty_list() -> None:
    """Kubernetes doesn't store an empty list of its own kinds, so each apply would add it, and write."""
    found = {
        f"{golden}: {manifest['kind']}{path}"
        for golden, objects in responses()
        for manifest in objects
        if not manifest["apiVersion"].partition("/")[0].endswith(OURS_ALONE)
        for path in empty_lists(manifest)
    }
    assert not found


def test_crossplane_is_started_alike() -> None:
    """The arguments that a platform engineer is told are those of the example, and those that are tested."""
    told = f"args: [{', '.join(BREAKER)}]"
    example = yaml.safe_load_all((ROOT / "example" / "flux" / "controllers" / "crossplane.yaml").read_text())
    assert told in (ROOT / "docs" / "install.md").read_text()
    assert [each["spec"]["values"]["args"] for each in example if each["kind"] == "HelmRelease"] == [
        list(BREAKER)
    ]
