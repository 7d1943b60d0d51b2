"""An app that has no image yet waits half an hour for its first build, and is red only then.

Nobody can wait that long here: the end of the wait is brought forward.
"""

import pytest

from function.read import at, condition
from tests.flux.app import App, registered
from tests.flux.fleet import APPS, KUSTOMIZATION, SLOWLY
from tests.flux.services import Services
from tests.plane.kubectl import Json, wait

IMAGE = {"image": "ghcr.io/acme/first:1.0.0"}
MISSING = "frontend: waits for an image; set frontend.image"


def spec(team: str = "a", **frontend: str) -> Json:
    """An app of one part."""
    return {"team": team, "environment": "dev", "frontend": frontend}


@pytest.fixture(scope="module")
def app(services: Services) -> App:
    """An app without an image."""
    return registered(services.fleet, "first", spec())


def ready(app: App) -> str:
    """What Flux says of the last commit."""
    return str(condition(app.kustomization(), "Ready").get("status"))


def head(app: App) -> str:
    """The revision on main."""
    return f"main@sha1:{app.repository.git('rev-parse', 'HEAD')}"


def test_it_waits_for_half_an_hour(services: Services, app: App) -> None:
    """Meanwhile Flux says neither yes nor no. The NodeApp and GitHub name the image that is missing."""
    wait(lambda: at(app.nodeapp(), "status", "message"), lambda message: message == MISSING, SLOWLY)
    assert at(app.kustomization(), "spec", "timeout") == "30m"
    wait(lambda: ready(app), lambda status: status == "Unknown", SLOWLY)
    services.reported(head(app), "pending", MISSING)


def test_another_commit_ends_the_wait(app: App) -> None:
    """Flux doesn't finish waiting for the old one first. Nothing is red meanwhile."""
    with app.judged() as verdicts:
        app.write(spec("b"))
        verdicts.revision = app.push("feat: another team")
        app.attempted(verdicts.revision)
        wait(lambda: at(app.nodeapp(), "status", "accepted", "team"), lambda team: team == "b", SLOWLY)
        wait(lambda: ready(app), lambda status: status == "Unknown", SLOWLY)
    assert "False" not in verdicts.statuses


def test_then_it_is_red_and_names_the_image(services: Services, app: App) -> None:
    """When the time is over. The first image ends that too, and is never red itself."""
    app.fleet.cluster.patch(KUSTOMIZATION, app.name, APPS, {"spec": {"timeout": "10s"}})
    message = app.fleet.says(KUSTOMIZATION, app.name, "timeout waiting for")
    assert "NodeApp/first/first status: 'InProgress'" in message
    assert at(app.nodeapp(), "status", "message") == MISSING
    services.reported(head(app), "failure", MISSING)

    app.fleet.cluster.patch(KUSTOMIZATION, app.name, APPS, {"spec": {"timeout": "30m"}})
    with app.judged() as verdicts:
        app.write(spec("b", **IMAGE))
        verdicts.revision = app.push("feat: the first image")
        app.green(verdicts.revision)
    assert "False" not in verdicts.statuses
    services.reported(verdicts.revision, "success")
