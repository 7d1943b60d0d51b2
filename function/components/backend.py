"""The HTTP API."""

from dataclasses import replace
from functools import partial

from function.api.nodeapp import Spec
from function.api.status import Status, WorkloadStatus
from function.app import App, Component, Observed, Part, Reporter, absent
from function.components import access, policy, workload
from function.components.backend_probes import probes
from function.components.container import STARTUP_SECONDS, PodTemplate, draining, variables
from function.components.database import client, serves
from function.components.environment import circles, env_from, environment
from function.components.folders import folders
from function.components.owned_secrets import owned_secrets
from function.components.resources import filled
from function.effective import EffectiveBackend
from function.facts import WorkloadFacts
from function.place import Manifest, Place
from function.report import NOT_READY, WAITING_FOR_DATABASE, ConditionType, Report, Why

READY = ConditionType("BackendReady", part="backend", gates=True)


def read(observed: Observed) -> WorkloadFacts:
    """Facts of the backend's Deployment."""
    return workload.read(observed, READY.part)


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
    backend, database = app.spec.backend, app.spec.database
    if backend is None:
        return absent(READY)
    hibernates = bool(database and database.hibernate)
    asleep = hibernates or (app.facts.backend.slept and not app.facts.database.serving)
    template, rules = pod_template(app, backend), access_rules(app, backend)
    part = workload.build(app, READY, in_status, backend.workload, template, rules, asleep=asleep)
    if database is None:
        return part
    part = replace(part, report=partial(report, part.report, hibernates=hibernates, asleep=asleep))
    if app.facts.backend.composed:
        return part
    looked_up = {workload.deployment_key(READY.part): workload.lookup(app, READY.part)}
    return replace(part, lookups={**part.lookups, **looked_up})


def in_status(status: WorkloadStatus) -> Status:
    """The backend's pods, in the app's status."""
    return Status(backend=status)


def report(of_workload: Reporter, observed: Observed, why: Why, *, hibernates: bool, asleep: bool) -> Report:
    """The workload's report. While its database isn't up, that is named as the cause."""
    as_workload = of_workload(observed, why)
    (condition,) = as_workload.conditions
    if hibernates and condition.ok:
        condition = READY.true("Hibernated", "no pods while the database sleeps")
    elif asleep and condition.ok:
        condition = READY.false(WAITING_FOR_DATABASE, "waits until the database is awake")
    elif condition.reason == NOT_READY and not serves(observed):
        condition = READY.false(WAITING_FOR_DATABASE, "waiting for the database")
    return replace(as_workload, conditions=[condition])


def pod_template(app: App, backend: EffectiveBackend) -> PodTemplate:
    """The API's pods. Their variables: the platform's, then the database's, then the app's own."""
    asked, connection = backend.workload, client(app, app.facts.backend)
    ours = variables({"NODE_ENV": "production", **app.platform.env, "PORT": str(asked.port)})
    # Node runs JavaScript on one thread, so most of a second core would be idle. The memory request is
    # the limit: a node that is short of memory first evicts pods that use more than they requested.
    # ephemeral-storage is logs and what is written to folders: the kubelet evicts a pod above its limit.
    resources = filled(
        asked.resources,
        requests={"cpu": "100m", "memory": "256Mi", "ephemeral-storage": "64Mi"},
        limits={"cpu": "1", "memory": "256Mi", "ephemeral-storage": "256Mi"},
    )
    mounted = folders(asked, resources)
    # After draining, 35 seconds are left for requests in flight. Longer ones are cut off.
    grace = asked.shutdown_seconds or 45
    return PodTemplate(
        image=asked.image or "",
        ports={"http": asked.port, metrics_port_name(backend): backend.metrics_port},
        env=environment(asked, ours, connection.env),
        env_from=env_from(asked),
        resources=resources,
        probes=probes(backend),
        startup_seconds=asked.probes.startup_seconds or STARTUP_SECONDS,
        mounts=[*mounted.mounts, *connection.mounts],
        volumes=[*mounted.volumes, *connection.volumes],
        # Twice a frontend's: a user reloads a page that failed, but nobody repeats a write that failed.
        drain_seconds=draining(10, grace),
        grace_seconds=grace,
        command=asked.command,
        args=asked.args,
        init={"migrate": backend.migrate} if backend.migrate else {},
        init_env=environment(asked, ours, connection.direct),
        labels=connection.labels,
        annotations=connection.annotations,
        record=connection.record,
    )


def access_rules(app: App, backend: EffectiveBackend) -> list[Manifest]:
    """Who may connect: what routes traffic to it, the app's frontend, and who is allowed; and Prometheus."""
    frontend = [{"podSelector": {"matchLabels": app.selector("frontend")}}] if app.spec.frontend else []
    peers = [*access.controllers(app), *frontend, *access.callers(backend.allow_from)]
    metrics = {"from": [access.prometheus(app)], "ports": access.tcp(metrics_port_name(backend))}
    return [*access.http(app, peers), *([metrics] if app.spec.monitoring else [])]


def problems(place: Place, asked: Spec, facts: WorkloadFacts) -> list[str]:  # noqa: ARG001  # One signature for all.
    """Secrets that aren't the app's, what policy refuses, variables that refer to themselves, and callers
    that need no leave."""
    allowed = asked.backend.allow_from if asked.backend else []
    return [
        *owned_secrets(place, READY.part, asked.backend),
        *policy.of_workload(place, READY.part, asked.backend),
        *circles(READY.part, asked.backend, place.platform.env),
        *access.problems(place, READY.part, allowed),
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
