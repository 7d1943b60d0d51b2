"""The web frontend."""

from function.api.nodeapp import Spec
from function.api.status import Status, WorkloadStatus
from function.app import App, Component, Observed, Part, absent
from function.components import access, policy, workload
from function.components.container import PodTemplate, probe, variables
from function.components.environment import environment, not_overridden
from function.components.owned_secrets import owned_secrets
from function.components.resources import filled
from function.effective import EffectiveWorkload
from function.facts import WorkloadFacts
from function.place import Place
from function.report import ConditionType

READY = ConditionType("FrontendReady", part="frontend", gates=True)


def read(observed: Observed) -> WorkloadFacts:
    """Facts of the frontend's Deployment."""
    return workload.read(observed, READY.part)


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
    env, env_from = environment(frontend)
    backend = {"BACKEND_URL": f"http://{app.named('backend')}"} if app.spec.backend else {}
    ours = not_overridden(frontend, backend) | {"PORT": str(frontend.port)}
    probes = frontend.probes
    return PodTemplate(
        image=frontend.image or "",
        ports={"http": frontend.port},
        env=[*variables(ours), *env],
        env_from=env_from,
        # Enough for nginx with static files and a few workers. `worker_processes auto` starts one for each
        # core of the node, which may need more. So does a frontend that renders on the server.
        resources=filled(
            frontend.resources,
            requests={"cpu": "25m", "memory": "32Mi", "ephemeral-storage": "32Mi"},
            limits={"cpu": "250m", "memory": "64Mi", "ephemeral-storage": "128Mi"},
        ),
        probes={
            # A file server starts at once, so there is only a startup probe if a path is asked for.
            "startupProbe": None
            if probes.startup is None
            else probe(probes.startup, period=5, timeout=2, failures=30),
            # Only the port is probed: a restart doesn't repair a page that fails.
            "livenessProbe": probe(probes.liveness or "", period=20, timeout=2),
            "readinessProbe": probe(
                "/" if probes.readiness is None else probes.readiness, period=10, timeout=2
            ),
        },
        # kube-proxy collects changes for up to a second (minSyncPeriod). The rest is for slower controllers.
        drain_seconds=5,
        # Kubernetes' default. After draining, 25 seconds are left to send files.
        grace_seconds=30,
        command=frontend.command,
        args=frontend.args,
    )


def problems(place: Place, asked: Spec, facts: WorkloadFacts) -> list[str]:  # noqa: ARG001  # One signature for all.
    """Secrets that aren't the app's to read, and what policy refuses."""
    return [
        *owned_secrets(place, READY.part, asked.frontend),
        *policy.of_workload(place, READY.part, asked.frontend),
    ]


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
