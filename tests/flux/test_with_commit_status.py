"""The service commit-status: GitHub has what the NodeApp says of a commit, seconds after Flux's verdict."""

import time

import pytest

from tests.flux.app import App, registered
from tests.flux.fleet import SLOWLY
from tests.flux.github_host import CONTEXT
from tests.flux.services import Services, start
from tests.flux.test_loop import report
from tests.plane.kubectl import Json, wait

REPORTED = 10.0
"""Seconds that are promised: from Flux's verdict until GitHub has the status."""


def spec(tag: str, **more: Json) -> Json:
    """An app that runs with one image."""
    return {"team": "a", "environment": "dev", "frontend": {"image": f"ghcr.io/acme/front:{tag}"}, **more}


@pytest.fixture(scope="module")
def app(services: Services) -> App:
    """An app that runs."""
    return registered(services.fleet, "reported", spec("1.0.0"))


def pushed(app: App, tag: str, **more: Json) -> str:
    """Commit another spec. Returns the revision."""
    app.write(spec(tag, **more))
    return app.push(f"deploy: {tag}")


def test_a_green_commit_is_reported(services: Services, app: App) -> None:
    """Within the promised time of Flux's own verdict, under the cluster's and the environment's name."""
    revision = pushed(app, "1.1.0")
    app.green(revision)
    green = time.monotonic()
    post = services.reported(revision, "success", "runs as asked")
    report(reported=post.when - green)
    assert post.when - green < REPORTED
    assert post.context == CONTEXT
    assert "failure" not in [each.state for each in services.posted(revision)]


@pytest.mark.parametrize(
    ("tag", "more", "sentence"),
    [
        ("latest", {}, "must not be latest"),
        ("1.2.0", {"environment": "uat"}, "the platform has no profile 'uat'"),
    ],
    ids=["at admission", "by the function"],
)
def test_a_refused_commit_is_reported(
    services: Services, app: App, tag: str, more: dict[str, Json], sentence: str
) -> None:
    """With the reason, and never as a success. Its revert is a success, and never a failure."""
    refused = pushed(app, tag, **more)
    app.says(refused, "")
    red = time.monotonic()
    post = services.reported(refused, "failure", sentence)
    fixed = app.repository.revert()
    app.fleet.poll(app.name)
    services.reported(fixed, "success")
    report(reported=post.when - red)
    assert post.when - red < REPORTED
    assert "success" not in [each.state for each in services.posted(refused)]
    assert "failure" not in [each.state for each in services.posted(fixed)]


def test_github_may_be_down_and_the_token_expired(services: Services, app: App) -> None:
    """Flux goes on without it, a metric says so meanwhile, and the status arrives afterwards."""
    services.host.down = True
    revision = pushed(app, "1.4.0")
    app.green(revision)
    waiting = "fleet_commit_status_waiting"
    wait(lambda: services.metric("commit-status", waiting), lambda value: value == 1.0, SLOWLY)
    services.host.github.tokens = {"renewed"}  # The one that the service has is expired.
    services.host.down = False
    wait(lambda: "GitHub refuses the credentials" in services.log("commit-status"), bool, SLOWLY)
    assert services.posted(revision) == []
    (services.secret / "token").write_text("renewed")
    services.reported(revision, "success")
    wait(lambda: services.metric("commit-status", waiting), lambda value: value == 0.0, SLOWLY)
    (services.secret / "token").write_text("secret")  # As it was, for other stories.
    services.host.github.tokens = {"secret"}


def test_a_wait_that_ends_while_no_service_runs_ends_at_its_start(services: Services) -> None:
    """kustomize-controller's events say what became of the commit."""
    app = registered(services.fleet, "unbuilt", spec("") | {"frontend": {"image": ""}})
    waits = app.repository.pushed()
    services.reported(waits, "pending", "waits for an image")
    services.fleet.plane.processes.stop("commit-status")
    built = pushed(app, "1.0.0")
    app.green(built)
    assert services.posted(waits)[-1].state == "pending"
    options = (f"--github-api={services.host.github.address}", f"--credentials={services.secret}")
    start(services.fleet, "commit-status", services.ports["commit-status"], *options)
    services.reported(waits, "error", f"Superseded by {built.rpartition(':')[2][:7]}")
    services.reported(built, "success")
