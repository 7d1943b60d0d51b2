"""The web frontend."""

from function.api.nodeapp import Spec
from function.api.status import Status, WorkloadStatus
from function.app import App, Component, Observed, Part, absent
from function.components import access, cloud_role, pods, policy, workload
from function.components.container import (
    STARTUP_SECONDS,
    PodTemplate,
    Program,
    probe,
    serving,
    startup_probe,
    variables,
)
from function.components.environment import env_from, environment
from function.components.folders import folders
from function.components.resources import filled
from function.effective import EffectiveWorkload
from function.facts import WorkloadFacts
from function.place import Manifest, Place
from function.report import ConditionType

READY = ConditionType("FrontendReady", part="frontend", gates=True)


def read(observed: Observed) -> WorkloadFacts:
    """Facts of the frontend's Deployment."""
    return pods.read(observed, READY.part)


def resolve(place: Place, asked: Spec, facts: WorkloadFacts) -> tuple[EffectiveWorkload | None, list[str]]:
    """The frontend in force, and what is held."""
    return workload.resolve(place, READY.part, asked.frontend, facts) if asked.frontend else (None, [])


def build(app: App) -> Part:
    """The workload."""
    frontend = app.spec.frontend
    if frontend is None:
        return absent(READY)
    rules = access.http(app, access.controllers(app))
    return workload.build(app, READY, in_status, frontend, pod_template(app, frontend), rules)


def in_status(status: WorkloadStatus) -> Status:
    """The frontend's pods, in the app's status."""
    return Status(frontend=status)


def pod_template(app: App, frontend: EffectiveWorkload) -> PodTemplate:
    """The pods of a small file server."""
    backend = {"BACKEND_URL": f"http://{app.named('backend')}"} if app.spec.backend else {}
    ours = variables(app.platform.env | backend | {"PORT": str(frontend.port)})
    # Enough for nginx with static files and a few workers. `worker_processes auto` starts one for each
    # core of the node, which may need more. So does a frontend that renders on the server.
    resources = filled(
        frontend.resources,
        requests={"cpu": "25m", "memory": "32Mi", "ephemeral-storage": "32Mi"},
        limits={"cpu": "250m", "memory": "64Mi", "ephemeral-storage": "128Mi"},
    )
    # Kubernetes' default. After draining, 25 seconds are left to send files.
    grace = frontend.shutdown_seconds or 30
    return PodTemplate(
        program=Program(
            image=frontend.image or "",
            env=environment(frontend, ours),
            env_from=env_from(frontend),
            resources=resources,
            folders=folders(frontend, resources),
            command=frontend.command,
            args=frontend.args,
        ),
        account=READY.part,
        grace_seconds=grace,
        # kube-proxy collects changes for up to a second (minSyncPeriod). The rest is for slower controllers.
        serving=serving({"http": frontend.port}, probes(frontend), 5, grace),
        startup_seconds=frontend.probes.startup_seconds or STARTUP_SECONDS,
        labels=cloud_role.role_labels(app, frontend),
    )


def probes(frontend: EffectiveWorkload) -> Manifest:
    """The probes of a frontend.

    Only its port is probed for liveness, as a restart doesn't repair a page that fails. A file server starts
    at once, so there is a startup probe only if one is asked for.
    """
    asked, alive = frontend.probes, frontend.probes.liveness or ""
    starts_slowly = asked.startup is not None or asked.startup_seconds is not None
    first = alive if asked.startup is None else asked.startup
    seconds = asked.startup_seconds or STARTUP_SECONDS
    return {
        "startupProbe": startup_probe(first, timeout=2, seconds=seconds) if starts_slowly else None,
        "livenessProbe": probe(alive, period=20, timeout=2),
        "readinessProbe": probe("/" if asked.readiness is None else asked.readiness, period=10, timeout=2),
    }


def problems(place: Place, asked: Spec, facts: WorkloadFacts) -> list[str]:  # noqa: ARG001  # One signature for all.
    """What is refused of a part with pods."""
    return workload.problems(place, READY.part, asked.frontend)


def tolerated(place: Place, asked: Spec, facts: WorkloadFacts) -> list[str]:
    """What runs on although it may not be asked for."""
    return policy.tolerated(place, READY.part, asked.frontend, facts)


FRONTEND = Component(
    name="frontend",
    condition=READY,
    read=read,
    problems=problems,
    tolerated=tolerated,
    resolve=resolve,
    build=build,
)
