"""PodMonitors, which tell Prometheus what to scrape."""

from function.api.nodeapp import Spec
from function.app import App, Component, Observed, Part, absent
from function.components import backend, database, optional
from function.facts import ApiFacts
from function.place import Manifest, Place
from function.report import ConditionType, Report

MONITORED = ConditionType("Monitored")


BACKEND_KEY, DATABASE_KEY = "backend-podmonitor", "database-podmonitor"


def read(observed: Observed) -> ApiFacts:
    """Whether the cluster has PodMonitors."""
    return optional.read(observed, optional.PROMETHEUS, BACKEND_KEY, DATABASE_KEY)


def resolve(place: Place, asked: Spec, facts: ApiFacts) -> tuple[bool, list[str]]:  # noqa: ARG001  # One signature for all.
    """Monitored unless asked otherwise, where the platform has the Prometheus operator."""
    return place.platform.prometheus is not None and asked.monitoring is not False, []


def build(app: App) -> Part:
    """A PodMonitor for each part that has metrics."""
    if not app.spec.monitoring:
        return unmonitored(app)
    resources = {}
    if app.spec.backend:
        spec = backend.podmonitor(app, app.spec.backend)
        resources[BACKEND_KEY] = podmonitor(app, backend.READY.part, spec)
    if app.spec.database:
        resources[DATABASE_KEY] = podmonitor(app, database.READY.part, database.podmonitor(app))
    if not resources:
        return absent(MONITORED, "nothing here has metrics: only a backend and a database do")
    lookups = optional.lookups(optional.PROMETHEUS, app.facts.monitoring)
    if app.facts.monitoring.missing:
        message = (
            "monitoring is off: the Platform names prometheus, but the cluster has no PodMonitors; install "
            "the Prometheus operator, or take prometheus out of the Platform"
        )
        off = MONITORED.lacking("NoPrometheus", message)
        return Part(report=lambda observed, why: Report([off]), lookups=lookups)
    return Part(
        resources,
        lambda observed, why: Report([MONITORED.of_objects(why, good="Scraped")]),
        lookups=lookups,
    )


def unmonitored(app: App) -> Part:
    """Nothing is scraped. A missing Prometheus is a problem only if monitoring is asked for explicitly."""
    if app.asked.monitoring is False:
        return absent(MONITORED, "monitoring is false")
    if app.asked.monitoring is None:
        return absent(MONITORED, "the platform has no Prometheus")
    message = "monitoring is off: the Platform names no prometheus, so its operator may not be installed"
    off = MONITORED.lacking("NoPrometheus", message)
    return Part(report=lambda observed, why: Report([off]))


def podmonitor(app: App, component: str, spec: Manifest) -> Manifest:
    """A PodMonitor, with the labels that Prometheus selects it by."""
    settings = app.platform.prometheus
    metadata = app.metadata(component)
    labels = (settings.labels if settings else {}) | metadata["labels"]
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PodMonitor",
        "metadata": metadata | {"labels": labels},
        "spec": spec,
    }


MONITORING = Component(name="monitoring", condition=MONITORED, read=read, resolve=resolve, build=build)
