"""A played GitHub, a client of it, and a fleet whose images are moved."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from fleet_services import kubernetes as api
from fleet_services.commit_status.reporter import Reporter
from fleet_services.github import client
from fleet_services.github.credentials import Credentials
from fleet_services.images.service import Images, Settings
from tests.deploy_repository import pushed
from tests.fleet_services.clock import Clock
from tests.fleet_services.git_host import GitHost
from tests.fleet_services.github import GitHub
from tests.fleet_services.image_fleet import Fleet
from tests.fleet_services.kubernetes import Kubernetes
from tests.fleet_services.kubernetes import served as kubernetes_served
from tests.fleet_services.served import Answer, Request, served


@pytest.fixture
def clock() -> Clock:
    """A clock that stands."""
    return Clock()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A mounted Secret with a token."""
    folder = tmp_path / "github"
    folder.mkdir()
    (folder / "token").write_text("secret\n")
    return folder


class Host:
    """Where the GitHub of the running test is served."""

    state = GitHub()

    def respond(self, request: Request) -> Answer:
        """What that one answers."""
        return self.state.respond(request)


@pytest.fixture(scope="session")
def hosted() -> Iterator[tuple[Host, httpx2.Client]]:
    """One server and one client for all tests: a client takes a while to load the system's certificates."""
    host = Host()
    with served(host.respond) as address, client.connect(address) as http:
        yield host, http


@pytest.fixture
def http(hosted: tuple[Host, httpx2.Client]) -> httpx2.Client:
    """Connections to it."""
    return hosted[1]


@pytest.fixture
def github(hosted: tuple[Host, httpx2.Client]) -> GitHub:
    """GitHub, with nothing in it."""
    host, http = hosted
    host.state = GitHub(address=str(http.base_url).rstrip("/"))
    return host.state


@pytest.fixture
def connected(github: GitHub, http: httpx2.Client, secret: Path, clock: Clock) -> client.GitHub:
    """GitHub as the services see it."""
    assert github.address
    return client.GitHub(http, Credentials(secret, http, {"metadata": "read"}, clock), clock)


@pytest.fixture
def reporter(connected: client.GitHub, clock: Clock) -> Reporter:
    """A service of statuses that just started."""
    return Reporter(connected, clock)


@pytest.fixture
def account(tmp_path: Path) -> Path:
    """The service account's folder."""
    folder = tmp_path / "account"
    folder.mkdir()
    return folder


@pytest.fixture
def fleet(
    tmp_path: Path, account: Path, secret: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Fleet]:
    """A new app, whose images were never built."""
    bare, clone = pushed(tmp_path)
    frozen = tmp_path / "frozen"
    frozen.write_text("# none\n")
    monkeypatch.chdir(clone)
    cluster, host = Kubernetes(), GitHost(bare)
    with (
        kubernetes_served(cluster, account) as server,
        served(host.respond) as address,
        client.connect(address) as http,
    ):
        kubernetes = api.Kubernetes(server, account)
        github = client.GitHub(http, Credentials(secret, http, {"contents": "write"}, clock), clock)
        settings = Settings("flux-apps", frozenset({"dev"}), frozen)
        yield Fleet(cluster, host, clone, Images(github, kubernetes, settings, clock), clock, frozen)
        kubernetes.http.close()


@pytest.fixture
def running(fleet: Fleet) -> Fleet:
    """An app with a second frontend and a first backend."""
    fleet.build("frontend", "a")
    fleet.build("backend", "x")
    fleet.look()
    fleet.build("frontend", "b")
    assert fleet.look() == {"frontend": "b", "backend": "x"}
    return fleet
