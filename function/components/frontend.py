"""The web frontend."""

from function.app import App, Part, Place, Seen, absent
from function.components import role
from function.components.pods import Pods, probe, variables
from function.components.role import Kept
from function.components.workload import Workload
from function.fields import Port

ROLE = "frontend"
CONDITION = role.condition(ROLE)


class Frontend(Workload):
    """A web frontend: a server of pages, such as nginx with a built single-page app.

    It finds the backend in BACKEND_URL, and answers GET / unless probes say otherwise.
    """

    port: Port = 8080
    """Port it listens on; it finds it in PORT. Default: 8080."""


def read(seen: Seen) -> Kept:
    """The running frontend."""
    return role.read(seen, ROLE)


def resolve(place: Place, asked: Frontend | None, kept: Kept) -> tuple[Frontend | None, list[str]]:
    """As any workload."""
    return role.resolve(place, ROLE, asked, kept)


def build(app: App) -> Part:
    """The workload."""
    frontend = app.spec.frontend
    return role.build(app, ROLE, frontend, pods(app, frontend)) if frontend else absent(CONDITION)


def pods(app: App, frontend: Frontend) -> Pods:
    """A small server of files."""
    env, sources = role.environment(frontend)
    backend = {"BACKEND_URL": f"http://{app.named('backend')}"} if app.spec.backend else {}
    ours = {name: value for name, value in backend.items() if name not in frontend.env | frontend.secret_env}
    asks = frontend.probes
    return Pods(
        image=frontend.image or "",
        ports={"http": frontend.port},
        env=[*variables({"PORT": str(frontend.port), **ours}), *env],
        env_from=sources,
        resources=frontend.resources.filled(
            requests={"cpu": "25m", "memory": "32Mi", "ephemeral-storage": "32Mi"},
            limits={"cpu": "250m", "memory": "64Mi", "ephemeral-storage": "128Mi"},
        ),
        probes={
            "startupProbe": probe(asks.startup, 5, 2, 30) if asks.startup is not None else None,
            "livenessProbe": probe(asks.liveness or "", 20, 2),
            "readinessProbe": probe("/" if asks.readiness is None else asks.readiness, 10, 2),
        },
        drain=5,
        grace=30,
        command=frontend.command,
        args=frontend.args,
    )
