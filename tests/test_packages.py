"""What Crossplane installs agrees with the code, and nothing generated is stale."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from function import names, schema
from function.fn import answer
from tests.generate import ROOT, examples, generated


def load(path: str) -> Any:
    """A file of the project."""
    return yaml.safe_load((ROOT / path).read_text())


@pytest.mark.parametrize(
    ("path", "text"), [*generated(), *examples()], ids=lambda value: getattr(value, "name", "")
)
def test_generated_files_are_fresh(path: Path, text: str) -> None:
    """What is generated is what the models say. If not: uv run python -m tests.generate."""
    assert path.read_text() == text


def test_composition_names_what_is_installed() -> None:
    """The Composition calls our function under the name that dependency resolution gives it."""
    composition = load("package/classic/composition.yaml")
    [step] = composition["spec"]["pipeline"]
    [platform] = step["requirements"]["requiredResources"]
    [dependency] = load("package/classic/crossplane.yaml")["spec"]["dependsOn"]
    assert composition["metadata"]["name"] == names.COMPOSITION
    assert composition["spec"]["compositeTypeRef"] == {
        "apiVersion": names.API_VERSION,
        "kind": names.COMPOSITE,
    }
    assert step["functionRef"] == {"name": names.FUNCTION}
    assert dependency["package"] == names.IMAGE
    assert names.IMAGE.partition("/")[2].replace("/", "-") == names.FUNCTION
    assert platform == {
        "requirementName": names.PLATFORM,
        "apiVersion": names.SETTINGS_API_VERSION,
        "kind": "Platform",
        "name": names.PLATFORM_NAME,
    }


OWN = {
    ("apps", "deployments"),
    ("", "services"),
    ("", "serviceaccounts"),
    ("protection.crossplane.io", "usages"),
    ("protection.crossplane.io", "clusterusages"),
}
"""What Crossplane's chart grants it already (templates/clusterrole.yaml of release 2.3.4)."""


def test_rights_are_those_needed() -> None:
    """The ClusterRole grants every kind that is composed or looked up, and no other."""
    xr, settings = load("example/render/xr.yaml"), load("example/platform.yaml")
    given = {names.PLATFORM: {"items": [{"resource": settings}]}, "database-cluster": {}}
    told = answer({"observed": {"composite": {"resource": xr}}, "requiredResources": given})
    composed = [composed["resource"] for composed in told["desired"]["resources"].values()]
    needed = {(group(manifest["apiVersion"]), schema.plural(manifest["kind"])) for manifest in composed}
    odd = {"ingresss": "ingresses", "networkpolicys": "networkpolicies"}
    needed = {(name, odd.get(kind, kind)) for name, kind in needed} | {
        ("postgresql.cnpg.io", "databases"),
        ("postgresql.cnpg.io", "poolers"),
    }
    read_only = {(names.SETTINGS_GROUP, "platforms"), ("", "namespaces")}
    rules = load("package/install/clusterrole.yaml")["rules"]
    granted = {
        (rule["apiGroups"][0], kind): set(rule["verbs"]) for rule in rules for kind in rule["resources"]
    }
    assert granted.keys() == (needed - OWN) | read_only
    every = {"get", "list", "watch", "create", "update", "patch", "delete"}
    assert all(verbs == every for what, verbs in granted.items() if what not in read_only)


def group(api_version: str) -> str:
    """The API group of an apiVersion."""
    return api_version.rpartition("/")[0]
