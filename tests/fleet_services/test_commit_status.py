"""The whole service: NodeApps and Kustomizations in a played cluster, statuses on a played GitHub."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fleet_services import kubernetes as api
from fleet_services.commit_status.reporter import Reporter
from fleet_services.commit_status.service import CommitStatus
from fleet_services.github import client
from tests.fleet_services.deployed_app import Cluster, last, wait
from tests.fleet_services.flux import Flux
from tests.fleet_services.github import GitHub
from tests.fleet_services.kubernetes import served
from tests.fleet_services.lives import BAD, DEV
from tests.fleet_services.served import Answer

A, B, C = "a" * 40, "b" * 40, "c" * 40
ADMISSION = 'spec.backend.image: Invalid value: "ghcr.io/acme/back": must have a tag or a digest'
RUNS = "runs as asked at http://dash.acme.dev"


@pytest.fixture
def cluster() -> Cluster:
    """The cluster."""
    return Cluster()


@pytest.fixture
def service(
    cluster: Cluster, connected: client.GitHub, account: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CommitStatus]:
    """It runs."""
    monkeypatch.setattr("fleet_services.commit_status.reporter.PAUSE", 0.05)
    monkeypatch.setattr("fleet_services.commit_status.reporter.FIRST_WAIT", 0.05)
    monkeypatch.setattr("fleet_services.commit_status.follow.WAIT", 0.05)
    with served(cluster, account) as server:
        kubernetes = api.Kubernetes(server, account)
        connected.now = time.time
        service = CommitStatus(kubernetes, Reporter(connected, time.monotonic), "eu", "flux-apps")
        thread = threading.Thread(target=service.run)
        thread.start()
        yield service
        service.stop()
        cluster.ended = True
        thread.join()
        kubernetes.http.close()


@pytest.mark.usefixtures("service")
def test_a_commit_is_told_from_beginning_to_end(cluster: Cluster, github: GitHub) -> None:
    """In progress, then green; the description is the NodeApp's."""
    cluster.commit(A, DEV)
    cluster.world.reconcile()
    cluster.show()
    assert last(github, A, "pending")
    cluster.settle()
    assert last(github, A, "success") == RUNS
    assert {context for context, *_ in github.said(A)} == {"nodeapp/eu/dev"}


@pytest.mark.usefixtures("service")
def test_refused_by_the_function_and_mended(cluster: Cluster, github: GitHub) -> None:
    """Red on that commit in the function's words; the fix is green and never red."""
    cluster.commit(A, DEV)
    cluster.settle()
    last(github, A, "success")
    cluster.commit(B, BAD)
    cluster.settle()
    assert "spec.backend.env" in last(github, B, "failure")
    cluster.commit(C, DEV)
    last(github, C, "pending")
    cluster.settle()
    assert last(github, C, "success") == RUNS
    assert [state for _, state, _ in github.said(A)][-1] == "success"
    assert [state for _, state, _ in github.said(B)][-1] == "failure"
    assert "failure" not in [state for _, state, _ in github.said(C)]


@pytest.mark.usefixtures("service")
def test_refused_at_admission_and_mended(cluster: Cluster, github: GitHub) -> None:
    """The NodeApp never sees that commit: the words are the API server's."""
    cluster.commit(A, DEV)
    cluster.settle()
    last(github, A, "success")
    cluster.flux.begins().attempts(B).refused(ADMISSION).put(cluster)
    assert last(github, B, "failure") == "spec.backend.image: must have a tag or a digest"
    cluster.commit(C, DEV)
    cluster.settle()
    assert last(github, C, "success") == RUNS
    assert github.said(A)[-1][1] == "success"


@pytest.mark.usefixtures("service")
def test_the_commit_before_keeps_its_verdict(cluster: Cluster, github: GitHub) -> None:
    """Flux begins with the next commit while its status still names the one before."""
    cluster.commit(A, DEV)
    cluster.settle()
    last(github, A, "success")
    posted = len(github.said(A))
    cluster.commit(B, DEV | {"frontend": {"image": "ghcr.io/acme/front:2.0.0"}})
    last(github, B, "pending")
    cluster.settle()
    last(github, B, "success")
    assert len(github.said(A)) == posted


@pytest.mark.usefixtures("service")
def test_two_environments_of_one_commit(cluster: Cluster, github: GitHub) -> None:
    """In one cluster, each in its own namespace."""
    cluster.commit(A, DEV)
    cluster.settle()
    Flux("prod", "shop-prod/dash").attempts(A).refused(ADMISSION).put(cluster)
    wait(
        lambda: (
            {(context, state) for context, state, _ in github.said(A)}
            >= {
                ("nodeapp/eu/dev", "success"),
                ("nodeapp/eu/prod", "failure"),
            }
        )
    )


@pytest.mark.usefixtures("service")
def test_github_is_down_for_a_while(cluster: Cluster, github: GitHub) -> None:
    """What is wanted at the end is posted when it is back."""
    github.planned = [Answer(502, b"")] * 4
    cluster.commit(A, DEV)
    cluster.settle()
    assert last(github, A, "success") == RUNS


@pytest.mark.usefixtures("service")
def test_a_watch_that_breaks_off_is_taken_up_again(cluster: Cluster, github: GitHub) -> None:
    """Also if the API server forgot the versions since, or is away for a moment."""
    cluster.commit(A, DEV)
    cluster.settle()
    last(github, A, "success")
    cluster.down = True
    cluster.interrupt()
    cluster.commit(B, BAD)
    cluster.settle()
    time.sleep(0.2)
    cluster.down = False
    assert "spec.backend.env" in last(github, B, "failure")


def test_nothing_is_said_before_both_lists_are_there(
    cluster: Cluster, github: GitHub, connected: client.GitHub, account: Path
) -> None:
    """A NodeApp that isn't known yet would look like one that is gone."""
    cluster.flux.attempts(A).applied().healthy()
    cluster.flux.status["inventory"] = {"entries": []}
    service = CommitStatus(
        api.Kubernetes("http://127.0.0.1:1", account), Reporter(connected, time.monotonic), "eu", "x"
    )
    thread = threading.Thread(target=service.run)
    service.kustomizations.objects = {"x": cluster.flux.object}
    thread.start()
    time.sleep(0.1)
    service.stop()
    thread.join()
    assert github.requests == []
