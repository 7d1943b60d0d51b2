"""A status that a service left pending ends after its next start, as far as the cluster's events reach."""

from pathlib import Path
from typing import Any

import pytest

from fleet_services import kubernetes as api
from fleet_services.commit_status.entry import Place
from fleet_services.commit_status.reporter import Reporter
from fleet_services.commit_status.service import CommitStatus
from fleet_services.commit_status.verdict import Verdict
from fleet_services.github import client
from tests.fleet_services.clock import Clock
from tests.fleet_services.flux import Flux
from tests.fleet_services.github import GitHub
from tests.fleet_services.kubernetes import Kubernetes, served

A, B = "a" * 40, "b" * 40
EVENTS = "/api/v1/namespaces/flux-apps/events"
CANCELED = (
    "HealthCheckCanceled",
    "Health checks canceled due to new reconciliation triggered by GitRepository/x/y",
)
SUCCEEDED = "ReconciliationSucceeded", "Reconciliation finished in 12s, next run in 10m0s"
FAILED = "HealthCheckFailed", "health check failed after 30m0s: timeout waiting for: [NodeApp/shop/dash]"
REFUSED = (
    "ReconciliationFailed",
    'NodeApp.platform.io "dash" is invalid: spec.team: Required value: must be set',
)


def event(number: int, commit: str, reason: str, message: str, name: str = "shopdev") -> dict[str, Any]:
    """What kustomize-controller 1.9 writes about a revision."""
    return {
        "metadata": {
            "name": f"{name}.{number}",
            "namespace": "flux-apps",
            "annotations": {"kustomize.toolkit.fluxcd.io/revision": f"main@sha1:{commit}"},
        },
        "involvedObject": {"kind": "Kustomization", "namespace": "flux-apps", "name": name},
        "lastTimestamp": f"2026-11-26T10:00:{number:02}Z",
        "reason": reason,
        "message": message,
    }


@pytest.fixture
def cluster() -> Kubernetes:
    """A cluster whose app is at the commit B, since the commit A."""
    cluster = Kubernetes()
    Flux().begins().attempts(B).put(cluster)
    return cluster


class Service:
    """A service that starts, after one that left a status on A."""

    def __init__(self, cluster: Kubernetes, github: client.GitHub, clock: Clock, account: Path) -> None:
        """Take all that it talks to."""
        self.cluster, self.github, self.clock, self.account = cluster, github, clock, account

    def starts(self, left: str) -> None:
        """Read what happened, and post."""
        if left:
            before = Reporter(self.github, self.clock)
            before.want(Place("acme/dash-deploy", A, "nodeapp/eu/dev"), Verdict(left, "waits"))  # type: ignore[arg-type]  # A state of GitHub.
            before.send()
        with served(self.cluster, self.account) as server:
            kubernetes = api.Kubernetes(server, self.account)
            reporter = Reporter(self.github, self.clock)
            service = CommitStatus(kubernetes, reporter, "eu", "flux-apps")
            service.kustomizations.list()
            service.catch_up()
            reporter.send()
            kubernetes.http.close()


@pytest.fixture
def service(cluster: Kubernetes, connected: client.GitHub, clock: Clock, tmp_path: Path) -> Service:
    """Before its start."""
    account = tmp_path / "account"
    account.mkdir()
    return Service(cluster, connected, clock, account)


@pytest.mark.parametrize(
    ("happened", "state", "words"),
    [
        ([CANCELED], "error", "Superseded by bbbbbbb"),
        ([SUCCEEDED], "success", "ran as asked"),
        ([FAILED], "failure", FAILED[1]),
        ([REFUSED], "failure", "spec.team: Required value: must be set"),
        ([SUCCEEDED, CANCELED], "success", "ran as asked"),
        ([FAILED, SUCCEEDED], "success", "ran as asked"),
        ([CANCELED, SUCCEEDED], "success", "ran as asked"),
    ],
    ids=lambda value: "-".join(each[0] for each in value) if isinstance(value, list) else "",
)
def test_a_wait_ends_as_it_did(
    service: Service,
    cluster: Kubernetes,
    github: GitHub,
    happened: list[tuple[str, str]],
    state: str,
    words: str,
) -> None:
    """With the verdict that Flux had, or with the newer commit."""
    for number, (reason, message) in enumerate(happened):
        cluster.put(EVENTS, event(number, A, reason, message))
    service.starts("pending")
    assert github.said(A)[1:] == [("nodeapp/eu/dev", state, words)]


@pytest.mark.parametrize("left", ["success", "failure", "error", ""])
def test_only_a_wait_is_ended(service: Service, cluster: Kubernetes, github: GitHub, left: str) -> None:
    """A verdict stays, and nothing is said of a commit of which nothing was said."""
    cluster.put(EVENTS, event(1, A, *CANCELED))
    service.starts(left)
    assert [state for _, state, _ in github.said(A)] == ([left] if left else [])


@pytest.mark.parametrize(
    "other",
    [
        event(1, B, *CANCELED),
        event(1, A, "Progressing", "NodeApp/shop/dash configured"),
        event(1, A, *CANCELED, name="gone"),
        event(1, A, *CANCELED) | {"metadata": {"name": "x", "namespace": "flux-apps"}},
    ],
    ids=["of the last attempt", "of no end", "of an app that is gone", "of no revision"],
)
def test_other_events_end_nothing(
    service: Service, cluster: Kubernetes, github: GitHub, other: dict[str, Any]
) -> None:
    """GitHub isn't even asked: these requests are those of the service before."""
    cluster.put(EVENTS, other)
    service.starts("pending")
    assert [(each.method, A in each.path) for each in github.requests] == [("GET", True), ("POST", True)]


def test_events_that_can_t_be_read_stop_nothing(
    service: Service, cluster: Kubernetes, caplog: pytest.LogCaptureFixture
) -> None:
    """The service goes on, and says what that means."""
    with served(cluster, service.account) as server:
        kubernetes = api.Kubernetes(server, service.account)
        started = CommitStatus(kubernetes, Reporter(service.github, service.clock), "eu", "flux-apps")
        cluster.down = True
        started.catch_up()
        kubernetes.http.close()
    assert "statuses from before the start may stay pending: the API server answered 503" in caplog.text
