"""What Prometheus scrapes."""

from function.app import App, Condition, Manifest, Part, Report, absent
from function.components import backend, database
from function.components.database.client import COMPONENT

CONDITION = "Monitored"


def build(app: App) -> Part:
    """A PodMonitor for each part that has metrics, where the platform has the Prometheus operator."""
    if app.spec.monitoring is False:
        return absent(CONDITION, "monitoring is false")
    if app.platform.prometheus is None:
        return unmonitored(app)
    resources = {}
    if app.spec.backend:
        resources["backend-podmonitor"] = podmonitor(
            app, backend.ROLE, backend.podmonitor(app, app.spec.backend)
        )
    if app.spec.database:
        resources["database-podmonitor"] = podmonitor(app, COMPONENT, database.podmonitor(app))
    if not resources:
        return absent(CONDITION, "nothing here has metrics: only a backend and a database do")
    return Part(resources, lambda seen, why: Report([Condition.working(CONDITION, why, good="Scraped")]))


def unmonitored(app: App) -> Part:
    """The platform has no Prometheus: worth a word only to who asked."""
    if not app.spec.monitoring:
        return absent(CONDITION, "the platform has no Prometheus")
    message = "monitoring is off: the Platform names no prometheus, so its operator may not be installed"
    off = Condition(CONDITION, ok=False, reason="NoPrometheus", message=message)
    return Part({}, lambda seen, why: Report([off]))


def podmonitor(app: App, component: str, spec: Manifest) -> Manifest:
    """A PodMonitor with the labels by which Prometheus finds it."""
    settings = app.platform.prometheus
    metadata = app.metadata(component)
    labels = (settings.labels if settings else {}) | metadata["labels"]
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PodMonitor",
        "metadata": metadata | {"labels": labels},
        "spec": spec,
    }
