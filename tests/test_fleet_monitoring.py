"""Alerts and the dashboard of the fleet: valid objects, and metrics that somebody has."""

import json
import re
import shutil

import pytest
import yaml
from prometheus_client import CollectorRegistry

from fleet_services.commit_status import reporter
from fleet_services.discovery import answer
from fleet_services.images import service
from tests.fleet import CLUSTERS, FLEET, Json, built, inputs, one, rendered
from tests.fleet_monitoring import FOLDER, asked
from tests.schemas import judge, needs_crds, problems

REGISTRIES: tuple[CollectorRegistry, ...] = (reporter.METRICS, answer.METRICS, service.METRICS)
LISTED: Json = yaml.safe_load((FLEET / "registry" / "dashboard.yaml").read_text())
COMPONENTS = ("monitoring", "channel", "commit-status", "discovery", "images", "webhook")


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> list[Json]:
    """What the fleet's apps are with all components."""
    folder = tmp_path_factory.mktemp("fleet") / "fleet"
    shutil.copytree(FLEET, folder, ignore=shutil.ignore_patterns("services"))
    file = folder / "apps" / "kustomization.yaml"
    components = [f"../components/{each}" for each in COMPONENTS]
    file.write_text(file.read_text() + yaml.safe_dump({"components": components}))
    return built(folder / "apps")


def of(objects: list[Json], *kinds: str) -> list[Json]:
    """The objects of some kinds."""
    return [each for each in objects if each["kind"] in kinds]


@needs_crds
def test_every_field_is_known(objects: list[Json]) -> None:
    """To the CRDs of the Prometheus operator and of notification-controller."""
    kinds = ("PrometheusRule", "PodMonitor", "ServiceMonitor", "Provider", "Alert")
    found = of(objects, *kinds)
    if not all(judge(each["apiVersion"], each["kind"]) for each in found):
        pytest.skip("some of these CRDs aren't here: python -m tests.plane crds")
    assert {each["kind"] for each in found} == set(kinds)
    assert [problem for each in found for problem in problems(each)] == []


def test_the_services_have_the_metrics_that_are_asked_for() -> None:
    """By these names: an alert on another name never fires."""
    there = {
        sample.name for registry in REGISTRIES for family in registry.collect() for sample in family.samples
    }
    wanted = {each.name for each in asked() if each.name.startswith("fleet_")}
    assert wanted
    assert wanted <= there


def test_all_pods_with_metrics_are_scraped(objects: list[Json]) -> None:
    """Each service by its label and at a port that it has."""
    [monitor] = [each for each in of(objects, "PodMonitor") if each["metadata"]["name"] == "fleet-services"]
    [selected] = monitor["spec"]["selector"]["matchExpressions"]
    ports = {each["port"] for each in monitor["spec"]["podMetricsEndpoints"]}
    for deployment in of(objects, "Deployment"):
        template = deployment["spec"]["template"]
        assert template["metadata"]["labels"][selected["key"]] in selected["values"]
        [container] = template["spec"]["containers"]
        assert {port["name"] for port in container["ports"]} & ports
        assert deployment["metadata"]["namespace"] == monitor["metadata"]["namespace"]


def test_alerts_name_the_remedy(objects: list[Json]) -> None:
    """Each says what is wrong and where to look, waits a while, and has a weight."""
    [rules] = of(objects, "PrometheusRule")
    alerts = [rule for group in rules["spec"]["groups"] for rule in group["rules"]]
    assert len({each["alert"] for each in alerts}) == len(alerts)
    for alert in alerts:
        assert set(alert) == {"alert", "expr", "for", "labels", "annotations"}
        assert set(alert["annotations"]) == {"summary", "description"}
        assert alert["labels"]["severity"] in ("critical", "warning", "info")


def test_the_dashboard_fits_its_page() -> None:
    """Its panels have ids of their own, lie beside each other, and ask the source that is chosen."""
    panels = json.loads((FOLDER / "fleet.json").read_text())["panels"]
    assert len({each["id"] for each in panels}) == len(panels)
    cells = [
        (x, y)
        for place in (each["gridPos"] for each in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24  # The width of Grafana's grid.
    assert {each["datasource"]["uid"] for each in panels} == {"${source}"}


def test_an_alert_reads_its_own_namespace(objects: list[Json]) -> None:
    """Flux is multitenant: a source in another namespace would be refused."""
    providers = [each["metadata"] for each in of(objects, "Provider")]
    known = {(each["namespace"], each["name"]) for each in providers}
    for alert in of(objects, "Alert"):
        namespace = alert["metadata"]["namespace"]
        assert (namespace, alert["spec"]["providerRef"]["name"]) in known
        assert all("namespace" not in source for source in alert["spec"]["eventSources"])


def test_a_wait_that_was_ended_is_no_success(objects: list[Json]) -> None:
    """kustomize-controller reports it as info, which becomes a green status of a commit that never ran."""
    event = "Health checks canceled due to new reconciliation triggered by GitRepository/flux-apps/shop"
    alerts = of(rendered(one(objects, "ResourceSet", "nodeapps"), inputs(LISTED)), "Alert")
    for name in CLUSTERS:
        alerts += of(built(FLEET / "clusters" / name), "Alert")
    assert {each["metadata"]["name"] for each in alerts} == {"dashboard", "fleet"}
    for alert in alerts:
        assert alert["spec"]["eventSeverity"] == "info"
        assert any(re.search(each, event) for each in alert["spec"]["exclusionList"])
