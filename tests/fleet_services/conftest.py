"""A played GitHub, and a client of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from fleet_services.github import client
from fleet_services.github.credentials import Credentials
from tests.fleet_services.github import GitHub
from tests.fleet_services.served import Answer, Request, served


@dataclass
class Clock:
    """A clock that a test moves. Unix time."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


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
