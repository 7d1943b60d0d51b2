"""The web frontend."""

from function.api.nodeapp import Spec
from function.api.status import Status, WorkloadStatus
from function.app import App, Component, Observed, Part, absent
from function.components import workload
from function.components.deployment import PodTemplate, probe, variables
from function.components.resources import filled
from function.effective import EffectiveWorkload
from function.facts import WorkloadFacts
from function.place import Place
from function.report import ConditionType

READY = ConditionType("FrontendReady", part="frontend", gates=True)


def read(observed: Observed) -> WorkloadFacts:
    """The running frontend."""
    return workload.read(observed, READY.part)


def resolve(place: Place, asked: Spec, facts: WorkloadFacts) -> tuple[EffectiveWorkload | None, list[str]]:
    """As any workload."""
    return workload.resolve(place, READY.part, asked.frontend, facts) if asked.frontend else (None, [])


def build(app: App) -> Part:
    """The workload."""
    frontend = app.spec.frontend
    if frontend is None:
        return absent(READY)
    return workload.build(app, READY, in_status, frontend, pod_template(app, frontend))


def in_status(status: WorkloadStatus) -> Status:
    """The frontend's pods, in the app's status."""
    return Status(frontend=status)


def pod_template(app: App, frontend: EffectiveWorkload) -> PodTemplate:
    """A small server of files."""
    env, env_from = workload.environment(frontend)
    backend = {"BACKEND_URL": f"http://{app.named('backend')}"} if app.spec.backend else {}
    ours = workload.given(frontend, backend) | {"PORT": str(frontend.port)}
    probes = frontend.probes
    return PodTemplate(
        image=frontend.image or "",
        ports={"http": frontend.port},
        env=[*variables(ours), *env],
        env_from=env_from,
        # Enough for nginx with static files. A frontend that renders on the server asks for more.
        resources=filled(
            frontend.resources,
            requests={"cpu": "25m", "memory": "32Mi", "ephemeral-storage": "32Mi"},
            limits={"cpu": "250m", "memory": "64Mi", "ephemeral-storage": "128Mi"},
        ),
        probes={
            # A server of files is up at once: without a path of its own nothing waits for its start.
            "startupProbe": None
            if probes.startup is None
            else probe(probes.startup, period=5, timeout=2, failures=30),
            # An open port is proof enough: a page that fails is no reason for a restart, which mends nothing.
            "livenessProbe": probe(probes.liveness or "", period=20, timeout=2),
            "readinessProbe": probe(
                "/" if probes.readiness is None else probes.readiness, period=10, timeout=2
            ),
        },
        # Load balancers forget a pod within a second or two. The rest is for those that are busy.
        drain_seconds=5,
        # Kubernetes' default: files are sent in less.
        grace_seconds=30,
        command=frontend.command,
        args=frontend.args,
    )


FRONTEND = Component(name="frontend", condition=READY, read=read, resolve=resolve, build=build)
