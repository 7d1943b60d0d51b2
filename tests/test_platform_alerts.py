"""The platform engineer's alerts use the metrics that kube-state-metrics makes of NodeApps, as configured."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest
import yaml

from function.api.names import CLAIM, COMPOSITE, GROUP
from function.read import at
from tests.generate import ROOT
from tests.rules_of_apps import FULL, MONITORED, selected
from tests.simulated.simulation import Style
from tests.simulator import World

FOLDER = ROOT / "example" / "monitoring"
WORDS = {"True": 1.0, "False": 0.0, "Unknown": 0.0}
"""What kube-state-metrics makes of a condition's status: toFloat64 in its registry_factory.go."""

Metric = tuple[str, dict[str, str], float]


def values() -> dict[str, Any]:
    """The values for the chart's kube-state-metrics."""
    whole: dict[str, Any] = yaml.safe_load((FOLDER / "values.yaml").read_text())
    return dict(whole["kube-state-metrics"])


def metrics(world: World) -> list[Metric]:
    """What kube-state-metrics makes of the objects in a cluster, by its configuration."""
    resources = values()["customResourceState"]["config"]["spec"]["resources"]
    return [
        metric
        for resource in resources
        for ref, manifest in world.server.objects.items()
        if ref.kind == resource["groupVersionKind"]["kind"]
        for metric in of_object(resource, manifest)
    ]


def of_object(resource: Mapping[str, Any], manifest: Mapping[str, Any]) -> Iterator[Metric]:
    """The metrics of one object: one for each item of a list. Without a value there is none."""
    own = {"customresource_kind": resource["groupVersionKind"]["kind"], **labels(resource, manifest)}
    for metric in resource["metrics"]:
        gauge = metric["each"]["gauge"]
        found = at(manifest, *gauge["path"])
        for item in found if isinstance(found, list) else [found]:
            value = at(item, *gauge["valueFrom"]) if "valueFrom" in gauge else item
            if value is not None:
                name = f"{resource['metricNamePrefix']}_{metric['name']}"
                yield name, own | labels(gauge, item), number(value)


def labels(paths: Mapping[str, Any], value: Any) -> dict[str, str]:
    """The labels that are read from an object; none for a path that isn't there."""
    read = {name: at(value, *path) for name, path in paths.get("labelsFromPath", {}).items()}
    return {name: found for name, found in read.items() if found is not None}


def number(value: Any) -> float:
    """A value as kube-state-metrics reads it: a number, a condition's status or a time."""
    if isinstance(value, str) and value not in WORDS:
        return datetime.fromisoformat(value).timestamp()
    return WORDS[value] if isinstance(value, str) else float(value)


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_alerts_use_metrics_that_are_made(style: Style) -> None:
    """Each metric exists with its labels, in both styles."""
    made = metrics(World(FULL, MONITORED, style=style).settle())
    rules = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["spec"]["groups"][0]["rules"]
    for rule in rules:
        used = [*selected(rule["expr"]), *((name, []) for name in re.findall(r"nodeapp_\w+", rule["expr"]))]
        assert used, rule["alert"]
        for name, wanted in used:
            assert any(name == other and set(wanted) <= set(has) for other, has, _ in made), rule["alert"]
        conditions = {part.partition('"')[0] for part in rule["expr"].split('type="')[1:]}
        assert conditions <= {has["type"] for _, has, _ in made if "type" in has}, rule["alert"]


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_metrics_name_the_app(style: Style) -> None:
    """Those of a claim's XR too, which has another name and no namespace; and a time is a number."""
    made = metrics(World(FULL, MONITORED, style=style).settle())
    whose = {(has["namespace"], has["nodeapp"], has["team"]) for _, has, _ in made}
    assert whose == {("shop", "dash", "web")}
    kinds = {has["customresource_kind"] for _, has, _ in made}
    assert kinds == ({CLAIM, COMPOSITE} if style == "classic" else {CLAIM})
    assert {value for name, _, value in made if name == "nodeapp_created"} == {1767225600.0}


def test_a_refused_spec_is_seen() -> None:
    """The metric of a condition is 1 while it is True, and 0 else."""
    world = World(FULL, MONITORED).settle()
    assert accepted(world) == {1.0}
    assert accepted(world.edit(environment="nowhere").settle()) == {0.0}


def accepted(world: World) -> set[float]:
    """The values of the condition Accepted."""
    made = metrics(world)
    return {value for name, has, value in made if name == "nodeapp_condition" and has["type"] == "Accepted"}


def test_kube_state_metrics_may_read_them() -> None:
    """It may list and watch the kinds that it makes metrics of, and CRDs, by which it finds them."""
    resources = values()["customResourceState"]["config"]["spec"]["resources"]
    kinds = {f"{resource['groupVersionKind']['kind'].lower()}s" for resource in resources}
    rules = values()["rbac"]["extraRules"]
    granted = {(*rule["apiGroups"], name) for rule in rules for name in rule["resources"]}
    assert granted == {(GROUP, kind) for kind in kinds} | {
        ("apiextensions.k8s.io", "customresourcedefinitions")
    }
    assert all(rule["verbs"] == ["list", "watch"] for rule in rules)
