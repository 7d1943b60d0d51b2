"""A wait for a commit ends when another one is attempted: no status stays pending for ever."""

from pathlib import Path

import pytest

from fleet_services import kubernetes as api
from fleet_services.commit_status.entry import Place
from fleet_services.commit_status.reporter import Reporter
from fleet_services.commit_status.service import CommitStatus
from fleet_services.commit_status.verdict import Verdict, left, superseded
from fleet_services.github import client
from tests.fleet_services.clock import Clock
from tests.fleet_services.flux import Flux
from tests.fleet_services.github import GitHub

A, B = "a" * 40, "b" * 40
CONTEXT = "nodeapp/eu/dev"
PENDING, GREEN = Verdict("pending", "waits"), Verdict("success", "runs")


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
    reporter.end(Place("acme/dash-deploy", A, CONTEXT), superseded(B))
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
    after.end(place, superseded(B))
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
    reporter.end(Place("acme/dash-deploy", A, CONTEXT), superseded(B))
    reporter.send()

    assert said(github, A) == []


@pytest.mark.parametrize("change", ["gone", "another environment"])
def test_a_wait_ends_with_the_app_in_the_fleet(
    reporter: Reporter, github: GitHub, tmp_path: Path, change: str
) -> None:
    """If its Kustomization is taken away, or deploys another environment from the same commit."""
    service = CommitStatus(api.Kubernetes("http://127.0.0.1:1", tmp_path), reporter, "eu", "flux-apps")
    flux = Flux().begins().attempts(A)
    service.kustomizations.objects = {"flux-apps/dash": flux.object}
    service.look()
    reporter.send()
    flux.annotations["platform.io/environment"] = "uat"
    service.kustomizations.objects = {} if change == "gone" else {"flux-apps/dash": flux.object}
    service.look()
    reporter.send()

    ours = [(state, words) for context, state, words in github.said(A) if context == CONTEXT]
    assert ours[-1] == (left().state, left().description)
    assert len(ours) == 2


def test_a_renamed_repository_ends_no_wait(reporter: Reporter, github: GitHub, tmp_path: Path) -> None:
    """It is the same status, on the same commit."""
    service = CommitStatus(api.Kubernetes("http://127.0.0.1:1", tmp_path), reporter, "eu", "flux-apps")
    flux = Flux().begins().attempts(A)
    for name in ("dash-deploy", "web-deploy"):
        flux.annotations["platform.io/repository"] = f"https://github.com/acme/{name}"
        service.kustomizations.objects = {"flux-apps/dash": flux.object}
        service.look()
        reporter.send()

    assert {state for state, _ in said(github, A)} == {"pending"}
