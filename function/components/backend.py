"""The HTTP API."""

from dataclasses import replace

from function.api.nodeapp import Spec
from function.api.status import Status, WorkloadStatus
from function.app import App, Bound, Component, Observed, Part, Reporter, absent
from function.components import access, background, cloud_role, pods, policy, workload
from function.components.backend_probes import probes
from function.components.connected import Sleep, left_behind
from function.components.container import STARTUP_SECONDS, PodTemplate, serving
from function.components.database import client
from function.components.program import backend_program, migration
from function.effective import EffectiveBackend
from function.facts import WorkloadFacts
from function.place import Manifest, Place
from function.report import ConditionType, Report, Why

READY = ConditionType("BackendReady", part="backend", gates=True)


def read(observed: Observed) -> WorkloadFacts:
    """Facts of the backend's Deployment."""
    return pods.read(observed, READY.part)


def resolve(place: Place, asked: Spec, facts: WorkloadFacts) -> tuple[EffectiveBackend | None, list[str]]:
    """The backend in force, and what is held."""
    backend = asked.backend
    if backend is None:
        return None, []
    effective, held = workload.resolve(place, READY.part, backend, facts)
    shared = asked.frontend is not None and backend.host is None
    paths = backend.paths or ["/api" if shared else "/"]
    metrics_port = backend.metrics_port or backend.port
    return EffectiveBackend(effective, paths, backend.migrate, metrics_port, backend.allow_from), held


def build(app: App) -> Part:
    """The workload, connected to its database. It has no pods while that hibernates, and starts after it."""
    backend = app.spec.backend
    if backend is None:
        return absent(READY)
    sleep = Sleep.of(app, app.facts.backend)
    template, rules = pod_template(app, backend), access_rules(app, backend)
    part = workload.build(app, READY, in_status, backend.workload, template, rules, asleep=sleep.asleep)
    lookups = {**part.lookups, **left_behind(app, READY.part, app.facts.backend)}
    return replace(part, report=Bound(report, part.report, sleep), lookups=lookups)


def in_status(status: WorkloadStatus) -> Status:
    """The backend's pods, in the app's status."""
    return Status(backend=status)


def report(of_workload: Reporter, sleep: Sleep, observed: Observed, why: Why) -> Report:
    """The workload's report. While its database isn't up, that is named as the cause."""
    as_workload = of_workload(observed, why)
    (condition,) = as_workload.conditions
    return replace(as_workload, conditions=[sleep.explains(condition, observed)])


def pod_template(app: App, backend: EffectiveBackend) -> PodTemplate:
    """The API's pods."""
    asked, connection = backend.workload, client(app, app.facts.backend)
    # After draining, 35 seconds are left for requests in flight. Longer ones are cut off.
    grace = asked.shutdown_seconds or 45
    ports = {"http": asked.port, metrics_port_name(backend): backend.metrics_port}
    return PodTemplate(
        program=backend_program(app, backend, connection.env),
        account=READY.part,
        grace_seconds=grace,
        # It serves twice as long as a frontend: a user reloads a page that failed, but nobody repeats a write
        # that failed.
        serving=serving(ports, probes(backend), 10, grace),
        startup_seconds=asked.probes.startup_seconds or STARTUP_SECONDS,
        init=migration(app, backend),
        labels=cloud_role.role_labels(app, asked) | dict(connection.labels),
        annotations=connection.annotations,
        record=connection.record,
    )


def access_rules(app: App, backend: EffectiveBackend) -> list[Manifest]:
    """Who may connect: what routes traffic to it, the app itself, and who is allowed; and Prometheus."""
    peers = [*access.controllers(app), *access.callers(backend.allow_from)]
    metrics = {"from": [access.prometheus(app)], "ports": access.tcp(metrics_port_name(backend))}
    return [*access.http(app, peers), *([metrics] if app.spec.monitoring else [])]


def problems(place: Place, asked: Spec, facts: WorkloadFacts) -> list[str]:  # noqa: ARG001  # One signature for all.
    """What is refused of a part with pods, and callers that need no leave."""
    allowed = asked.backend.allow_from if asked.backend else []
    return [
        *workload.problems(place, READY.part, asked.backend),
        *background.too_large(asked),
        *access.problems(place, READY.part, allowed, "which always may"),
    ]


def tolerated(place: Place, asked: Spec, facts: WorkloadFacts) -> list[str]:
    """What runs on although it may not be asked for."""
    return policy.tolerated(place, READY.part, asked.backend, facts)


def metrics_port_name(backend: EffectiveBackend) -> str:
    """The name of the port where /metrics is."""
    return "http" if backend.metrics_port == backend.workload.port else "metrics"


def podmonitor(app: App, backend: EffectiveBackend) -> Manifest:
    """The spec of the backend's PodMonitor."""
    endpoint = {"port": metrics_port_name(backend), "path": "/metrics"}
    return {"selector": {"matchLabels": app.selector(READY.part)}, "podMetricsEndpoints": [endpoint]}


BACKEND = Component(
    name="backend",
    condition=READY,
    read=read,
    problems=problems,
    tolerated=tolerated,
    resolve=resolve,
    build=build,
)
