"""What is scraped, what is alerted about, and what is drawn."""

from function.api.nodeapp import Spec
from function.api_facts import ApiFacts
from function.app import App, Bound, Component, Observed, Part, absent
from function.components import backend, database, optional
from function.components.monitoring.dashboard import dashboard
from function.components.monitoring.rules import prometheus_rule
from function.components.monitoring.selected import selected
from function.place import Manifest, Place
from function.report import ConditionType, Report, Why

MONITORED = ConditionType("Monitored")


BACKEND_KEY, DATABASE_KEY = "backend-podmonitor", "database-podmonitor"
RULE_KEY, DASHBOARD_KEY = "prometheusrule", "grafana-dashboard"


def read(observed: Observed) -> ApiFacts:
    """Whether the cluster has the Prometheus operator's kinds."""
    return optional.read(observed, optional.PROMETHEUS, BACKEND_KEY, DATABASE_KEY, RULE_KEY)


def resolve(place: Place, asked: Spec, facts: ApiFacts) -> tuple[bool, list[str]]:  # noqa: ARG001  # One signature for all.
    """Monitored unless asked otherwise, where the platform has the Prometheus operator."""
    return place.platform.prometheus is not None and asked.monitoring is not False, []


def build(app: App) -> Part:
    """A PodMonitor for each part that has metrics, the alerts of all parts, and a dashboard."""
    if not app.spec.monitoring:
        return unmonitored(app)
    lookups = optional.lookups(optional.PROMETHEUS, app.facts.monitoring)
    if app.facts.monitoring.missing:
        message = (
            "monitoring is off: the Platform names prometheus, but the cluster has no PodMonitors; install "
            "the Prometheus operator, or take prometheus out of the Platform"
        )
        off = MONITORED.lacking("NoPrometheus", message)
        return Part(report=lambda observed, why: Report([off]), lookups=lookups)
    monitors = podmonitors(app)
    charts = {DASHBOARD_KEY: dashboard(app)} if monitors else {}
    resources = {**monitors, RULE_KEY: prometheus_rule(app), **charts}
    return Part(resources, Bound(report, is_scraped=bool(monitors)), lookups=lookups)


def unmonitored(app: App) -> Part:
    """Nothing is scraped. A missing Prometheus is a problem only if monitoring is asked for explicitly."""
    if app.asked.monitoring is False:
        return absent(MONITORED, "monitoring is false")
    if app.asked.monitoring is None:
        return absent(MONITORED, "the platform has no Prometheus")
    message = "monitoring is off: the Platform names no prometheus, so its operator may not be installed"
    off = MONITORED.lacking("NoPrometheus", message)
    return Part(report=lambda observed, why: Report([off]))


def report(observed: Observed, why: Why, *, is_scraped: bool) -> Report:  # noqa: ARG001  # One signature for all.
    """Monitored. It says where there is nothing to scrape."""
    condition = MONITORED.of_objects(why, good="Scraped")
    if condition.ok and not is_scraped:
        message = "nothing here has metrics: only a backend and a database do; alerts watch the pods"
        condition = MONITORED.true("PodsWatched", message)
    return Report([condition])


def podmonitors(app: App) -> dict[str, Manifest]:
    """The PodMonitors by key. Without a backend and a database there are none."""
    monitors = {}
    if app.spec.backend:
        spec = backend.podmonitor(app, app.spec.backend)
        monitors[BACKEND_KEY] = podmonitor(app, backend.READY.part, spec)
    if app.spec.database:
        monitors[DATABASE_KEY] = podmonitor(app, database.COMPONENT, database.podmonitor(app))
    return monitors


def podmonitor(app: App, component: str, spec: Manifest) -> Manifest:
    """A PodMonitor, with the labels that Prometheus selects it by."""
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PodMonitor",
        "metadata": selected(app, component),
        "spec": spec,
    }


MONITORING = Component(name="monitoring", condition=MONITORED, read=read, resolve=resolve, build=build)
