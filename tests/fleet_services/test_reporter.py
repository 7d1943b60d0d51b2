"""Statuses are posted when they change, and once."""

from fleet_services.commit_status.entry import Place
from fleet_services.commit_status.reporter import PAUSE, REMEMBERED, Reporter
from fleet_services.commit_status.verdict import Verdict
from fleet_services.github import client
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub
from tests.fleet_services.reporting import DEV, GREEN, PENDING, RED, A, later, states


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


def test_old_commits_are_forgotten(reporter: Reporter) -> None:
    """The memory has a bound."""
    for number in range(REMEMBERED + 5):
        reporter.want(Place(DEV.repository, f"{number:040x}", DEV.context), GREEN)
    assert len(reporter.entries) == REMEMBERED
