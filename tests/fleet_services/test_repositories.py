"""GitHub's list of repositories is read whole or not at all."""

from dataclasses import replace

import pytest

from fleet_services.github import client
from fleet_services.github.errors import GitHubError
from fleet_services.github.repositories import repositories
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub, deployed
from tests.fleet_services.served import Answer


@pytest.fixture(autouse=True)
def five(github: GitHub) -> None:
    """Repositories on three pages."""
    github.repositories = [deployed(number, f"app-{number}") for number in range(1, 6)]


def listed(connected: client.GitHub) -> list[int]:
    """The ids that are read."""
    return [each.id for each in repositories(connected, "acme")]


def test_all_pages_are_read(connected: client.GitHub, github: GitHub) -> None:
    """Each is asked for once."""
    assert listed(connected) == [1, 2, 3, 4, 5]
    assert len(github.requests) == 3


def test_an_unchanged_list_costs_nothing(connected: client.GitHub, github: GitHub) -> None:
    """GitHub doesn't count a conditional request that it answers with 304. What changed is read anew."""
    listed(connected)
    github.requests.clear()
    assert listed(connected) == [1, 2, 3, 4, 5]
    assert all("if-none-match" in each.headers for each in github.requests)
    github.repositories[4] = deployed(5, "app-5", topics=[])
    assert [each.topics for each in repositories(connected, "acme")][4] == []


@pytest.mark.parametrize("page", [0, 1, 2])
@pytest.mark.parametrize(
    ("planned", "why"),
    [
        (Answer(502, b"<html>Bad Gateway</html>"), "GitHub answered 502"),
        (Answer(500, {"message": "oops"}), "GitHub answered 500"),
        (Answer(404, {"message": "Not Found"}), "GitHub answered 404"),
        (Answer(301, b"", {"Location": "/organizations/1/repos"}), "GitHub answered 301"),
        (Answer(200, [deployed(9, "x"), deployed(8, "y")], cut=40), "gave no whole answer"),
        (Answer(200, b'[{"id": 9, "name"'), "isn't what it documents"),
        (Answer(200, {"message": "ok"}), "isn't what it documents"),
        (
            Answer(200, [{"id": 9, "name": "x-deploy", "full_name": "acme/x-deploy"}]),
            "isn't what it documents",
        ),
        (Answer(200, [deployed(9, "x", full_name="evil/x-deploy")]), "of another organisation"),
        (Answer(200, [deployed(9, "x"), deployed(9, "x")]), "twice"),
        (
            Answer(200, [], {"Link": '<https://evil.example/repos?page=2>; rel="next"'}),
            "next page is elsewhere",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_page_that_is_wrong_is_an_error(
    connected: client.GitHub, github: GitHub, page: int, planned: Answer, why: str
) -> None:
    """Not a shorter list. The next try is right again."""
    github.planned = [*([None] * page), planned]
    with pytest.raises(GitHubError, match=why):
        listed(connected)
    assert listed(connected) == [1, 2, 3, 4, 5]


def test_a_list_without_an_end_is_an_error(connected: client.GitHub, github: GitHub) -> None:
    """A page that leads to itself isn't read for ever."""
    again = f"{github.address}/orgs/acme/repos?page=1"
    github.planned = [Answer(200, [], {"Link": f'<{again}>; rel="next"'})] * 200
    with pytest.raises(GitHubError, match="more than 100 pages"):
        listed(connected)


def test_a_rate_limit_is_kept(connected: client.GitHub, github: GitHub, clock: Clock) -> None:
    """Until it ends, GitHub isn't called at all: it blocks those who go on."""
    reset = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(clock.now) + 1200)}
    github.planned = [Answer(403, {"message": "API rate limit exceeded"}, reset)]
    with pytest.raises(GitHubError, match="takes calls again in 1200 s") as first:
        listed(connected)
    assert first.value.wait == 1200
    clock.now += 1190
    with pytest.raises(GitHubError, match="takes calls again in 10 s"):
        listed(connected)
    assert len(github.requests) == 1
    clock.now += 11
    assert listed(connected) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        (Answer(429, {"message": "slow down"}, {"retry-after": "30"}), 30),
        (Answer(403, {"message": "You have exceeded a secondary rate limit"}), 60),
        (Answer(403, {"message": "Resource not accessible by integration"}), 0),
    ],
    ids=["retry-after", "secondary", "no-right"],
)
def test_the_wait_is_the_one_that_github_asks_for(
    connected: client.GitHub, github: GitHub, answer: Answer, wait: int
) -> None:
    """A missing right is no rate limit: waiting doesn't help."""
    github.planned = [replace(answer)]
    with pytest.raises(GitHubError) as refused:
        listed(connected)
    assert refused.value.wait == wait
