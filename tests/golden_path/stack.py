"""The whole app on this machine: what the clones' Dockerfiles make, run as the function's objects say."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.golden_path import app_objects
from tests.golden_path.app_objects import Manifest
from tests.golden_path.containers import Container, Pod
from tests.golden_path.postgres import Postgres
from tests.golden_path.processes import checked_output, running
from tests.serving import free_port, listens


@dataclass(frozen=True, slots=True)
class Ports:
    """Where all listen that aren't told by the NodeApp."""

    frontend: int
    backend: int
    issuer: int
    gateway: int

    @property
    def origin(self) -> str:
        """Where a browser finds the app."""
        return f"http://localhost:{self.gateway}"

    @property
    def oidc(self) -> str:
        """The OpenID provider: another site, as it would be."""
        return f"http://127.0.0.1:{self.issuer}"


@dataclass(frozen=True, slots=True)
class LocalApp:
    """The app's pods and what they need, ready to be run."""

    folder: Path
    ports: Ports
    claim: Manifest
    objects: Mapping[str, Manifest]
    pods: Mapping[str, Pod]
    database: Postgres

    @property
    def backend(self) -> Pod:
        """The API's pod."""
        return self.pods["backend"]

    def url(self, role: str, path: str) -> str:
        """A path of a role's pod, past the Gateway."""
        return f"http://127.0.0.1:{getattr(self.ports, role)}{path}"

    def metrics(self) -> str:
        """Where Prometheus asks."""
        port = app_objects.port(self.objects["backend-deployment"], "metrics")
        [endpoint] = self.objects["backend-podmonitor"]["spec"]["podMetricsEndpoints"]
        return f"http://127.0.0.1:{port}{endpoint['path']}"

    def backend_with(self, secret: str, key: str, value: str) -> Pod:
        """The API's pod in a namespace where one key of a Secret differs."""
        secrets = {**self.backend.node.secrets, secret: {key: value}}
        return replace(self.backend, node=replace(self.backend.node, secrets=secrets))

    def migrate(self) -> str:
        """Run the init container. Returns what it says."""
        completed = self.backend.run("migrate")
        assert completed.returncode == 0, completed.stdout
        return completed.stdout


@dataclass(frozen=True, slots=True)
class Site:
    """The app while it serves."""

    app: LocalApp
    origin: str
    containers: Mapping[str, Container]


def changes(claim: Manifest, ports: Ports) -> dict[str, Manifest]:
    """Where the roles listen on this machine."""
    backend: Manifest = {"port": ports.backend}
    if listens(claim["spec"]["backend"]["metricsPort"]):
        other = free_port()
        backend |= {
            "metricsPort": other,
            "env": claim["spec"]["backend"]["env"] | {"METRICS_PORT": str(other)},
        }
    return {"frontend": {"port": ports.frontend}, "backend": backend}


@contextmanager
def issuer(app: LocalApp, backend: Path, env: Mapping[str, str]) -> Iterator[None]:
    """The backend's own OpenID provider for laptops, told of this app."""
    installed(backend, env)
    own = {
        "DEV_ISSUER": app.ports.oidc,
        "DEV_AUDIENCE": app.claim["spec"]["backend"]["env"]["OIDC_AUDIENCE"],
        "DEV_ORIGINS": app.ports.origin,
    }
    command, log = ["npm", "run", "dev:issuer"], app.folder / "issuer.log"
    with running(command, app.ports.issuer, log, env={**env, **own}, cwd=backend):
        yield


def installed(repo: Path, env: Mapping[str, str]) -> None:
    """Have a clone's dependencies, as its lock file names them."""
    if not (repo / "node_modules" / ".package-lock.json").exists():
        checked_output(["npm", "ci"], within=300, env=env, cwd=repo)
