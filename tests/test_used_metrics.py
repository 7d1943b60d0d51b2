"""Alerts and dashboards use metrics that are exposed, by labels that they have."""

import json
import re
from collections.abc import Iterator, Mapping

from tests import recorded_metrics
from tests.rules_of_apps import FULL, alerts, selected, world

TARGET = {"job", "namespace", "pod", "container", "endpoint", "instance"}
"""Labels that the Prometheus operator gives to each metric of a PodMonitor's target."""
OTHERS = {
    "up": [],
    # docs/metrics/workload/ of kube-state-metrics, of which most are stable.
    "kube_pod_container_status_waiting_reason": ["namespace", "pod", "container", "reason"],
    "kube_pod_init_container_status_waiting_reason": ["namespace", "pod", "container", "reason"],
    "kube_deployment_status_condition": ["namespace", "deployment", "condition", "status"],
    "kube_deployment_status_replicas_available": ["namespace", "deployment"],
    "kube_deployment_spec_replicas": ["namespace", "deployment"],
    "kube_cronjob_status_last_schedule_time": ["namespace", "cronjob"],
    "kube_cronjob_status_last_successful_time": ["namespace", "cronjob"],
    "kube_cronjob_status_active": ["namespace", "cronjob"],
    # pkg/kubelet/metrics/collectors/volume_stats.go of Kubernetes.
    "kubelet_volume_stats_used_bytes": ["namespace", "persistentvolumeclaim"],
    "kubelet_volume_stats_capacity_bytes": ["namespace", "persistentvolumeclaim"],
    # pkg/metrics of cert-manager. Prometheus renames `namespace` unless it is told to honor labels.
    "certmanager_certificate_expiration_timestamp_seconds": ["namespace", "exported_namespace", "name"],
    "certmanager_certificate_renewal_timestamp_seconds": ["namespace", "exported_namespace", "name"],
}
"""Metrics that no PodMonitor of ours brings, with the labels that may be used."""


def exposed() -> dict[str, set[str]]:
    """Name → labels of everything that may be used."""
    files = (recorded_metrics.BACKEND, recorded_metrics.DATABASE)
    recorded = [item for file in files for item in recorded_metrics.load(file).items()]
    return {name: {*labels, *TARGET} for name, labels in recorded} | {
        name: set(labels) | ({"job"} if name == "up" else set()) for name, labels in OTHERS.items()
    }


def queries() -> Iterator[tuple[str, str]]:
    """Every expression of the full app, with what a chart's legend needs of it."""
    for rule in alerts().values():
        yield rule["expr"], rule["annotations"]["description"]
    for chart in charts():
        for target in chart["targets"]:
            yield target["expr"], target["legendFormat"]


def charts() -> list[dict[str, list[dict[str, str]]]]:
    """The panels of the full app's dashboard."""
    [text] = world().object("grafana-dashboard")["data"].values()
    panels: list[dict[str, list[dict[str, str]]]] = json.loads(text)["panels"]
    return panels


def test_each_metric_is_exposed() -> None:
    """No alert waits for a metric that nobody has, and no chart stays empty for that reason."""
    known = exposed()
    for expression, _ in queries():
        used = selected(expression)
        assert used, expression
        for name, labels in used:
            assert name in known, expression
            assert set(labels) <= known[name], expression


def test_each_shown_label_is_there() -> None:
    """What an expression groups by, and what a legend or a description shows, is a label of its metrics."""
    known = exposed()
    for expression, text in queries():
        labels = set[str]().union(*(known[name] for name, _ in selected(expression)))
        grouped = re.findall(r"\bby \(([^)]*)\)", expression)
        shown = re.findall(r"\{\{ ?(?:\$labels\.)?(\w+) ?\}\}", text)
        assert {label for group in grouped for label in group.split(", ")} | set(shown) <= labels, expression


def test_recorded_metrics_are_read() -> None:
    """Names and labels, whatever a label's value is."""
    a = '# HELP a b\n# TYPE a counter\na{x="1",y="}\\" z="} 2\na{w="1"} 3\n'
    scraped = recorded_metrics.scraped(f"{a}# TYPE b gauge\nb 1e-05\n# TYPE c histogram\n")
    assert scraped == {"a": ["w", "x", "y"], "b": [], "c_bucket": [], "c_count": [], "c_sum": []}


def test_what_differs_is_found() -> None:
    """A metric that is gone or new, and one with other labels; one without a value yet isn't another one."""
    recorded = {"a": ["x"], "b": ["x"], "c": [], "d": []}
    assert recorded_metrics.differing(recorded, {"a": ["x"], "b": ["y"], "c": ["x"], "e": []}) == {
        "b",
        "d",
        "e",
    }


def test_a_dashboard_is_as_grafana_wants_it() -> None:
    """Each chart has a place of its own, a unit and queries; the file's name is another one for each app."""
    [name] = world().object("grafana-dashboard")["data"]
    assert name == "shop.dash.json"
    places = [json.dumps(chart["gridPos"]) for chart in charts()]
    assert len(places) == len(set(places)) == 17
    assert world().object("grafana-dashboard")["metadata"]["labels"]["grafana_dashboard"] == "1"


def titles(spec: Mapping[str, object]) -> set[str]:
    """The titles of a dashboard's charts."""
    [text] = world(spec).object("grafana-dashboard")["data"].values()
    return {chart["title"] for chart in json.loads(text)["panels"]}


def test_a_dashboard_shows_what_the_app_has() -> None:
    """Without a database there are no charts of one."""
    alone = titles({key: value for key, value in FULL.items() if key != "database"})
    assert "Requests" in alone
    assert titles(FULL) - alone >= {"Disk", "Transactions", "Lag of the replicas"}
