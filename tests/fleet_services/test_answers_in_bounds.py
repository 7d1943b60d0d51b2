"""An answer of GitHub has bounds: a service neither waits for ever nor fills its memory."""

import time
from collections.abc import Callable, Iterator

import httpx2
import pytest

from fleet_services.github import client, exchange
from fleet_services.github.errors import LONGEST, GitHubError
from fleet_services.github.repositories import repositories
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub, deployed
from tests.fleet_services.served import Answer

URL = "/orgs/acme/repos?type=all&sort=created&direction=asc&per_page=100"


def transport(chunks: Callable[[], Iterator[bytes]]) -> httpx2.Client:
    """A client whose answers come in these pieces."""
    handler = httpx2.MockTransport(lambda _: httpx2.Response(200, content=chunks()))
    return httpx2.Client(transport=handler, base_url="https://api.github.com")


def drip() -> Iterator[bytes]:
    """A byte now and then, for ever."""
    while True:
        time.sleep(0.01)
        yield b" "


def flood() -> Iterator[bytes]:
    """A lot, for ever."""
    while True:
        yield b" " * 2**20


@pytest.mark.parametrize("chunks", [drip, flood])
def test_an_answer_without_an_end_is_an_error(
    chunks: Callable[[], Iterator[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By time or by size."""
    monkeypatch.setattr(exchange, "LONGEST", 0.05)
    monkeypatch.setattr(exchange, "MOST_BYTES", 2**22)
    with transport(chunks) as http, pytest.raises(GitHubError, match="is longer than"):
        exchange.exchange(http, "GET", "/x", {})


def test_a_list_takes_no_longer_than_its_caller_waits(
    connected: client.GitHub, github: GitHub, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page may take long. Those who ask meanwhile wait for it."""
    github.repositories = [deployed(number, f"app-{number}") for number in range(1, 12)]
    get = connected.get

    def slowly(url: str, *, remember: bool = False) -> client.Page:
        clock.now += 40
        return get(url, remember=remember)

    monkeypatch.setattr(connected, "get", slowly)
    with pytest.raises(GitHubError, match="takes longer than 100 s"):
        repositories(connected, "acme")
    assert len(github.requests) == 3


def test_a_clock_that_is_wrong_stops_nothing_for_long(
    connected: client.GitHub, github: GitHub, clock: Clock
) -> None:
    """GitHub names the end of a rate limit by the time of day. It is never more than an hour away."""
    reset = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(clock.now) + 7 * 24 * 3600)}
    github.planned = [Answer(403, {"message": "API rate limit exceeded"}, reset)]
    with pytest.raises(GitHubError) as refused:
        connected.get(URL)
    assert refused.value.wait == LONGEST
    clock.now += LONGEST + 1
    connected.get(URL)
