"""Statuses are posted when they change, once, and until GitHub has them."""

from pathlib import Path

import pytest

from fleet_services.commit_status.reporter import LONGEST_WAIT, PAUSE, REMEMBERED, Place, Reporter
from fleet_services.commit_status.verdict import Verdict
from fleet_services.github import client
from fleet_services.github.credentials import Credentials
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub
from tests.fleet_services.served import Answer

A, B = "a" * 40, "b" * 40
DEV = Place("acme/dash-deploy", A, "nodeapp/eu/dev")
PENDING, GREEN, RED = Verdict("pending", "waits"), Verdict("success", "runs"), Verdict("failure", "refused")


@pytest.fixture
def reporter(connected: client.GitHub, clock: Clock) -> Reporter:
    """A service that just started."""
    return Reporter(connected, clock)


def later(clock: Clock, reporter: Reporter) -> float:
    """Wait until something is due, and do it. Returns the seconds that were waited."""
    wait = reporter.send()
    clock.now += wait
    reporter.send()
    return wait


def states(github: GitHub, commit: str = A) -> list[str]:
    """The states that were posted, in order."""
    return [state for _, state, _ in github.said(commit)]


def test_a_status_is_posted_once(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """However often it is wanted."""
    for _ in range(5):
        reporter.want(DEV, GREEN)
        later(clock, reporter)
    assert github.said(A) == [("nodeapp/eu/dev", "success", "runs")]


def test_a_verdict_is_only_replaced_by_a_verdict(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """Each reconcile of Flux begins with an unknown state: a green commit isn't yellow again."""
    for verdict in (PENDING, RED, PENDING, RED, GREEN, PENDING, GREEN):
        reporter.want(DEV, verdict)
        later(clock, reporter)
    assert states(github) == ["pending", "failure", "success"]


def test_a_verdict_does_not_wait(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """Only progress is told at most every few seconds."""
    reporter.want(DEV, PENDING)
    reporter.send()
    reporter.want(DEV, Verdict("pending", "1 of 2"))
    reporter.send()
    assert states(github) == ["pending"]
    reporter.want(DEV, GREEN)
    reporter.send()
    assert states(github) == ["pending", "success"]
    clock.now += PAUSE
    reporter.send()
    assert states(github) == ["pending", "success"]


def test_progress_is_told_slowly(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """The newest words win, and GitHub's limit of 1000 statuses isn't reached."""
    for count in range(60):
        reporter.want(DEV, Verdict("pending", f"{count} of 60"))
        reporter.send()
        clock.now += 1
    clock.now += PAUSE
    reporter.send()
    assert len(states(github)) <= 60 / PAUSE + 2
    assert github.said(A)[-1][2] == "59 of 60"


def test_nothing_of_a_commit_is_kept_but_its_status(
    reporter: Reporter, connected: client.GitHub, clock: Clock
) -> None:
    """What GitHub answered about thousands of commits would fill the memory."""
    reporter.want(DEV, GREEN)
    later(clock, reporter)
    assert connected.pages == {}


def test_a_restart_posts_nothing_again(
    reporter: Reporter, github: GitHub, clock: Clock, connected: client.GitHub
) -> None:
    """What GitHub has is read first. Progress doesn't replace a verdict that another one posted."""
    reporter.want(DEV, RED)
    reporter.send()
    again = Reporter(connected, clock)
    again.want(DEV, PENDING)
    later(clock, again)
    again.want(DEV, RED)
    later(clock, again)
    assert states(github) == ["failure"]
    again.want(DEV, GREEN)
    later(clock, again)
    assert states(github) == ["failure", "success"]


def test_two_environments_have_their_own_status(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """On one commit, under two names: neither replaces the other."""
    prod = Place(DEV.repository, A, "nodeapp/eu/prod")
    reporter.want(DEV, GREEN)
    reporter.want(prod, RED)
    later(clock, reporter)
    assert sorted(github.said(A)) == [
        ("nodeapp/eu/dev", "success", "runs"),
        ("nodeapp/eu/prod", "failure", "refused"),
    ]


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


@pytest.mark.parametrize("status", [404, 422])
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


def test_old_commits_are_forgotten(reporter: Reporter) -> None:
    """The memory has a bound."""
    for number in range(REMEMBERED + 5):
        reporter.want(Place(DEV.repository, f"{number:040x}", DEV.context), GREEN)
    assert len(reporter.entries) == REMEMBERED
