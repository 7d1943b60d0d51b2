"""The HTTP API."""

from dataclasses import replace
from functools import partial
from typing import Annotated

from pydantic import Field

from function.app import (
    NOT_READY,
    WAITING_FOR_DATABASE,
    App,
    Condition,
    Manifest,
    Part,
    Place,
    Report,
    Reporter,
    Seen,
    Why,
    absent,
)
from function.components import database, role
from function.components.pods import Pods, probe, variables
from function.components.role import Kept
from function.components.workload import Words, Workload
from function.fields import Port
from function.model import matches

ROLE = "backend"
CONDITION = role.condition(ROLE)
SEGMENT = r"\.*[-A-Za-z0-9_~][-A-Za-z0-9._~]*"
"""Of a path: not of dots alone, which an Ingress refuses."""


class Backend(Workload):
    """An HTTP API. It finds its database in DATABASE_URL, and answers GET /healthz and /readyz
    unless probes say otherwise."""

    port: Port = 3001
    """Port it listens on; it finds it in PORT. Default: 3001."""
    path: Annotated[
        str,
        Field(max_length=256),
        matches(rf"/|(/{SEGMENT})+", "must be an absolute path without a trailing /, . or .., such as /api"),
    ] = "/api"
    """What begins with this path goes to the backend, all else to the frontend. It arrives
    unchanged. Default: /api."""
    migrate: Words | None = None
    """Command that migrates the database, run with the image and environment before a pod
    starts. A version serves only after it succeeded; until then the old version goes on. It runs
    at every start of a pod, so it must be repeatable, locked, and tolerant of a newer schema."""
    metrics_port: Port | None = None
    """Port where /metrics is. Default: the app's port."""


def read(seen: Seen) -> Kept:
    """The running backend."""
    return role.read(seen, ROLE)


def resolve(place: Place, asked: Backend | None, kept: Kept) -> tuple[Backend | None, list[str]]:
    """As any workload."""
    return role.resolve(place, ROLE, asked, kept)


def build(app: App) -> Part:
    """The workload, connected to its database. It sleeps as long as that, and wakes after it."""
    backend = app.spec.backend
    if backend is None:
        return absent(CONDITION)
    asleep = database.hibernates(app) or (app.kept.backend.slept and not app.kept.database.serving)
    part = role.build(app, ROLE, backend, pods(app, backend), asleep=asleep)
    if app.spec.database is None:
        return part
    return replace(part, report=partial(report, part.report, database.hibernates(app), asleep))


def report(ours: Reporter, hibernates: bool, asleep: bool, seen: Seen, why: Why) -> Report:  # noqa: FBT001
    """How the workload is. What it lacks while its database isn't up follows from that."""
    told = ours(seen, why)
    (now,) = told.conditions
    if hibernates and now.ok:
        now = Condition(CONDITION, ok=True, reason="Hibernated", message="no pods while the database sleeps")
    elif asleep and now.ok:
        now = waiting("waits until the database is awake")
    elif now.reason == NOT_READY and not database.serves(seen):
        now = waiting("waiting for the database")
    return replace(told, conditions=[now])


def waiting(message: str) -> Condition:
    """Not ready for want of the database."""
    return Condition(CONDITION, ok=False, reason=WAITING_FOR_DATABASE, message=message)


def metrics(backend: Backend) -> str:
    """The name of the port where /metrics is."""
    return "http" if backend.metrics_port in (None, backend.port) else "metrics"


def pods(app: App, backend: Backend) -> Pods:
    """An HTTP API: the database's connection, what the platform gives every backend, then its own."""
    env, sources = role.environment(backend)
    connection = database.client(app)
    asks = backend.probes
    return Pods(
        image=backend.image or "",
        ports={"http": backend.port} | {metrics(backend): backend.metrics_port or backend.port},
        env=[*ours(app, backend), *connection.env, *env],
        env_from=sources,
        resources=backend.resources.filled(
            requests={"cpu": "100m", "memory": "256Mi", "ephemeral-storage": "64Mi"},
            limits={"cpu": "1", "memory": "256Mi", "ephemeral-storage": "256Mi"},
        ),
        probes={
            "startupProbe": probe("/healthz" if asks.startup is None else asks.startup, 5, 3, 30),
            "livenessProbe": probe("/healthz" if asks.liveness is None else asks.liveness, 20, 3),
            "readinessProbe": probe("/readyz" if asks.readiness is None else asks.readiness, 10, 3),
        },
        drain=10,
        grace=45,
        command=backend.command,
        args=backend.args,
        init={"migrate": backend.migrate} if backend.migrate else {},
        init_env=[*ours(app, backend), *connection.direct, *env],
        mounts=connection.mounts,
        volumes=connection.volumes,
    )


def ours(app: App, backend: Backend) -> list[Manifest]:
    """Variables that a backend has without asking; but for PORT its own of the same name win."""
    given = {"NODE_ENV": "production", **app.platform.env}
    asked = backend.env | backend.secret_env
    return variables({k: v for k, v in given.items() if k not in asked} | {"PORT": str(backend.port)})


def podmonitor(app: App, backend: Backend) -> Manifest:
    """Where the pods have their metrics."""
    endpoint = {"port": metrics(backend), "path": "/metrics"}
    return {"selector": {"matchLabels": app.selector(ROLE)}, "podMetricsEndpoints": [endpoint]}
