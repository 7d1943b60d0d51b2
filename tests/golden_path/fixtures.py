"""Fixtures for the whole app: its images, its pods, and all of it while it serves."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.golden_path import app_objects, base_images, nginx_gateway, postgres
from tests.golden_path.browser_stories import Tell, teller
from tests.golden_path.containers import Pod, confiner
from tests.golden_path.images import Build, Image
from tests.golden_path.stack import LocalApp, Ports, Site, changes, issuer
from tests.golden_path.volumes import Node
from tests.serving import free_port

ROLES = ("frontend", "backend")
OVERLAY = Path("dashboard-deploy", "overlays", "prod")


@pytest.fixture(scope="session")
def images(repos: Path, node: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image]:
    """What the clones' Dockerfiles make."""
    confiner()
    folder = tmp_path_factory.mktemp("images")
    return {role: Build(repos / f"dashboard-{role}", folder / role, node).image() for role in ROLES}


@contextmanager
def local_app(
    overlay: Path,
    node: Mapping[str, str],
    images: Mapping[str, Image],
    folder: Path,
    ports: Ports,
    env: Mapping[str, str],
    backend_env: Mapping[str, str],
) -> Iterator[LocalApp]:
    """An overlay's app, as the function says it runs, with an empty database.

    `env`: other values of variables that it has. `backend_env`: further ones of the backend.
    """
    claim = app_objects.nodeapp(overlay)
    claim["spec"]["backend"]["env"] |= backend_env
    listens = changes(claim, ports)
    objects = app_objects.objects(app_objects.adapted(claim, listens, env), env, folder)
    with postgres.served(claim["spec"]["database"]["name"]) as database:
        secrets = {
            "dashboard-db-app": {"uri": database.url()},
            "dashboard-db-ca": {"ca.crt": database.authority},
        }
        namespace = Node(folder, secrets, {})
        pods = {
            role: Pod(image, base_images.base(image, node), app_objects.pod(objects, role), namespace)
            for role, image in images.items()
        }
        yield LocalApp(folder, ports, claim, objects, pods, database)


@pytest.fixture(scope="module")
def app(
    repos: Path, node: dict[str, str], images: dict[str, Image], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LocalApp]:
    """The app, with the issuer that developers have on their laptops."""
    folder, ports = tmp_path_factory.mktemp("app"), Ports(*(free_port() for _ in range(4)))
    env = {"OIDC_ISSUER": ports.oidc, "PUBLIC_OIDC_CLIENT_ID": "dev"}
    with local_app(repos / OVERLAY, node, images, folder, ports, env, {}) as local:
        yield local


@pytest.fixture(scope="module")
def site(app: LocalApp, repos: Path, node: dict[str, str]) -> Iterator[Site]:
    """The app behind its Gateway, beside the issuer that developers have on their laptops."""
    with ExitStack() as stack:
        stack.enter_context(issuer(app, repos / "dashboard-backend", node))
        app.migrate()
        containers = {role: stack.enter_context(pod.running()) for role, pod in app.pods.items()}
        origin = stack.enter_context(nginx_gateway.served(app.objects, app.ports.gateway, app.folder))
        yield Site(app, origin, containers)


@pytest.fixture(scope="module")
def tell(site: Site, node: dict[str, str]) -> Tell:
    """Who tells stories of the app in a browser."""
    return teller(site, node)
