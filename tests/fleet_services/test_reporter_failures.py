"""Statuses are tried again until GitHub has them, less and less often, and none holds up another."""

from pathlib import Path

import pytest

from fleet_services.commit_status.entry import Place
from fleet_services.commit_status.reporter import LONGEST_WAIT, Reporter
from fleet_services.github import client
from fleet_services.github.credentials import Credentials
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub
from tests.fleet_services.reporting import DEV, GREEN, PENDING, RED, A, B, later, states
from tests.fleet_services.served import Answer


def test_github_down_for_an_hour_loses_nothing(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """It is tried less and less often. Then each commit has its own newest verdict, and no other."""
    begun = clock.now
    reporter.want(DEV, PENDING)
    while clock.now < begun + 3600:
        github.planned = [Answer(502, b"")]
        clock.now += reporter.send()
        if clock.now > begun + 600:
            reporter.want(DEV, RED)
    tries = len(github.requests)
    assert 10 < tries < 25
    github.planned = []
    reporter.want(Place(DEV.repository, B, DEV.context), GREEN)
    later(clock, reporter)
    assert (states(github, A), states(github, B)) == (["failure"], ["success"])
    assert clock.now <= begun + 3600 + 2 * LONGEST_WAIT


def test_an_expired_token_is_waited_for(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """Once the Secret is renewed, the status is posted."""
    github.tokens.clear()
    reporter.want(DEV, RED)
    for _ in range(3):
        clock.now += reporter.send()
    assert states(github) == []
    github.tokens.add("secret")
    later(clock, reporter)
    assert states(github) == ["failure"]


def test_a_rate_limit_is_waited_for(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """As long as GitHub asks for."""
    github.planned = [Answer(403, {"message": "rate limit"}, {"retry-after": "900"})]
    reporter.want(DEV, GREEN)
    assert reporter.send() == 900
    clock.now += 900
    reporter.send()
    assert states(github) == ["success"]


@pytest.mark.parametrize("status", [410, 422])
def test_a_commit_that_is_not_there_is_given_up(
    reporter: Reporter, github: GitHub, clock: Clock, status: int
) -> None:
    """It is tried again only if there is something new to say."""
    github.planned = [None, Answer(status, {"message": "No commit found for SHA"})]
    reporter.want(DEV, GREEN)
    for _ in range(5):
        clock.now += reporter.send()
    assert len(github.requests) == 2
    reporter.want(DEV, RED)
    later(clock, reporter)
    assert states(github) == ["failure"]


def test_a_renamed_repository_still_gets_its_status(github: GitHub, secret: Path, clock: Clock) -> None:
    """GitHub redirects from the old name. The listing of an organisation follows no redirect."""
    moved = Answer(307, {"message": "Moved Permanently"}, {"Location": f"/repositories/1/statuses/{A}"})
    with client.connect(github.address, redirects=True) as http:
        github.planned = [None, moved]
        reporter = Reporter(client.GitHub(http, Credentials(secret, http, {}, clock), clock), clock)
        reporter.want(DEV, GREEN)
        reporter.send()
    assert states(github) == ["success"]
    assert [each.path for each in github.requests][1:] == [
        f"/repos/acme/dash-deploy/statuses/{A}",
        f"/repositories/1/statuses/{A}",
    ]


def test_one_that_fails_holds_up_no_other(reporter: Reporter, github: GitHub) -> None:
    """Each status has its own next try."""
    github.planned = [Answer(502, b"")]
    reporter.want(DEV, GREEN)
    reporter.want(Place(DEV.repository, B, DEV.context), GREEN)
    reporter.send()
    assert (states(github, A), states(github, B)) == ([], ["success"])
