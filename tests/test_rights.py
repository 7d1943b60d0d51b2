"""Crossplane may do what NodeApps need of it, and no more."""

from typing import Any

import pytest
import yaml

from function.api import names
from tests import golden
from tests.generate import ROOT
from tests.installed import rendered
from tests.kinds import Kind, composed_kinds, looked_up_kinds, manifest_kinds

CROSSPLANE = "protection.crossplane.io"
"""Its own API, which it always may use."""
PLATFORM = (names.SETTINGS_GROUP, "platforms")
NAMESPACE = ("", "namespaces")

READ = {"get", "list", "watch"}
LABEL = READ | {"update", "patch"}
"""A ClusterUsage labels what it protects as in use."""
OWN = LABEL | {"create", "delete"}


def role() -> dict[str, Any]:
    """The ClusterRole that is installed."""
    cluster_role: dict[str, Any] = yaml.safe_load((ROOT / "package/install/clusterrole.yaml").read_text())
    return cluster_role


def granted(cluster_role: dict[str, Any] | None = None) -> dict[tuple[str, str], set[str]]:
    """Verbs by API group and resource: those of the ClusterRole in the repository, or of another one."""
    rules: dict[tuple[str, str], set[str]] = {}
    for rule in (cluster_role or role())["rules"]:
        for group in rule["apiGroups"]:
            for resource in rule["resources"]:
                assert (group, resource) not in rules, f"{resource} is granted twice"
                rules[group, resource] = set(rule["verbs"])
    return rules


def needed() -> dict[tuple[str, str], set[str]]:
    """The same, as the code says."""
    looked_up = {kind.resource: READ for kind in looked_up_kinds()}
    composed = {
        kind.resource: OWN for kind in composed_kinds() if not kind.api_version.startswith(CROSSPLANE)
    }
    return looked_up | composed | {PLATFORM: READ, NAMESPACE: LABEL}


def test_rights_are_those_needed() -> None:
    """The ClusterRole grants each kind that is composed or looked up the verbs for that, and nothing else."""
    assert granted() == needed()


def test_only_the_classic_style_changes_namespaces() -> None:
    """The modern style has all rights of the classic one, but may only read Namespaces."""
    assert granted(rendered("install")["ClusterRole"]) == needed()
    assert granted(rendered("install-modern")["ClusterRole"]) == needed() | {NAMESPACE: READ}


def test_rights_reach_crossplane() -> None:
    """By its label the ClusterRole becomes a part of Crossplane's own."""
    assert role()["metadata"]["labels"] == {"rbac.crossplane.io/aggregate-to-crossplane": "true"}


def test_every_kind_is_in_a_golden() -> None:
    """What the code can compose, the goldens show; and they show nothing that isn't found in the code."""
    shown = {
        Kind(item["apiVersion"], item["kind"])
        for path in golden.CASES.glob("*.yaml")
        for item in golden.played(path)["objects"].values()
    }
    assert shown == composed_kinds()


def test_a_kind_that_cannot_be_told_is_an_error(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A manifest whose kind is computed would be granted by nobody: that is found, not passed over."""
    (tmp_path / "sly.py").write_text(
        "def f(kind):\n    return {'apiVersion': 'v1', 'kind': kind, 'metadata': {}}\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    sly = __import__("sly")
    with pytest.raises(KeyError, match="kind"):
        list(manifest_kinds(sly))
