"""A wait for a commit ends when another one is attempted: no status stays pending for ever."""

from pathlib import Path

import pytest

from fleet_services import kubernetes as api
from fleet_services.commit_status.reporter import Place, Reporter
from fleet_services.commit_status.service import CommitStatus
from fleet_services.commit_status.verdict import Verdict, superseded
from fleet_services.github import client
from tests.fleet_services.clock import Clock
from tests.fleet_services.flux import Flux
from tests.fleet_services.github import GitHub

A, B = "a" * 40, "b" * 40
CONTEXT = "nodeapp/eu/dev"
PENDING, GREEN = Verdict("pending", "waits"), Verdict("success", "runs")


@pytest.fixture
def reporter(connected: client.GitHub, clock: Clock) -> Reporter:
    """A service that just started."""
    return Reporter(connected, clock)


def said(github: GitHub, commit: str) -> list[tuple[str, str]]:
    """The states that were posted, each with its words, in order."""
    return [(state, words) for _, state, words in github.said(commit)]


def test_a_newer_commit_ends_the_wait(reporter: Reporter, github: GitHub, tmp_path: Path) -> None:
    """By a state that says neither that it ran nor that it failed, and names the newer commit."""
    service = CommitStatus(api.Kubernetes("http://127.0.0.1:1", tmp_path), reporter, "eu", "flux-apps")
    flux = Flux()
    for commit in (A, B):
        service.kustomizations.objects = {"flux-apps/dash": flux.begins().attempts(commit).object}
        service.look()
        reporter.send()

    assert [state for state, _ in said(github, A)] == ["pending", "error"]
    assert said(github, A)[-1][1] == "Superseded by bbbbbbb"
    assert [state for state, _ in said(github, B)] == ["pending"]


def test_a_verdict_is_not_taken_back(reporter: Reporter, github: GitHub) -> None:
    """Of a commit that ran, or that was refused."""
    reporter.want(Place("acme/dash-deploy", A, CONTEXT), GREEN)
    reporter.send()
    reporter.supersede(Place("acme/dash-deploy", A, CONTEXT), B)
    reporter.send()

    assert said(github, A) == [("success", "runs")]


def test_a_verdict_from_before_a_restart_is_not_taken_back(
    connected: client.GitHub, clock: Clock, github: GitHub
) -> None:
    """The service doesn't know it before it has asked GitHub."""
    place = Place("acme/dash-deploy", A, CONTEXT)
    before = Reporter(connected, clock)
    before.want(place, GREEN)
    before.send()
    after = Reporter(connected, clock)
    after.want(place, PENDING)
    after.supersede(place, B)
    after.send()

    assert said(github, A) == [("success", "runs")]


def test_a_commit_that_is_attempted_again_gets_its_verdict(reporter: Reporter, github: GitHub) -> None:
    """Say, if the branch is set back to it: the end of the wait was no verdict."""
    place = Place("acme/dash-deploy", A, CONTEXT)
    for verdict in (PENDING, superseded(B), PENDING, GREEN):
        reporter.want(place, verdict)
        reporter.send()

    assert [state for state, _ in said(github, A)] == ["pending", "error", "success"]


def test_nothing_is_said_of_a_commit_that_was_never_waited_for(reporter: Reporter, github: GitHub) -> None:
    """Flux may skip commits."""
    reporter.supersede(Place("acme/dash-deploy", A, CONTEXT), B)
    reporter.send()

    assert said(github, A) == []
