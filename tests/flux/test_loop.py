"""A repository is found, deployed and judged. A bad commit changes nothing, and a revert takes it back."""

import sys
import time
from pathlib import Path

import pytest

from function.read import at, condition
from tests.deploy_repository import EXAMPLE, MARKER, TAG
from tests.flux.app import App
from tests.flux.fleet import SLOWLY, SOURCE, Fleet
from tests.flux.repository import create
from tests.live.judging import marks
from tests.live.story import NODEAPP
from tests.plane.kubectl import wait

NEXT = "main-0a1b2c4-1790000001"
FOUND, DESIRED = 60.0, 10.0
"""Seconds that are promised: from the push of an entry until Flux has found the repository, and from then
until the app's objects are there."""


@pytest.fixture(scope="module")
def app(fleet: Fleet) -> App:
    """The app that the golden path's template makes, before its first build. It is found by polling alone."""
    app = App(fleet, create(fleet.plane, "dashboard-deploy", EXAMPLE), "dashboard")
    app.repository.push("feat: begin")
    begun = fleet.register("dashboard", app.repository)
    wait(lambda: fleet.see(SOURCE, "dashboard"), bool, SLOWLY)
    found = time.monotonic() - begun
    wait(app.story.database, bool, SLOWLY)
    desired = time.monotonic() - begun - found
    report(found=found, desired=desired)
    assert found < FOUND
    assert desired < DESIRED
    return app


def report(**seconds: float) -> None:
    """Say how long something took. Of xdist's workers only the standard error is shown."""
    took = ", ".join(f"{name} {value:.1f} s" for name, value in seconds.items())
    print(took, file=sys.stderr)  # noqa: T201  # It is the result.


def images(app: App) -> Path:
    """The file with the images that run in dev."""
    return app.repository.clone / "overlays" / "dev" / "images.yaml"


def deployed(app: App, tag: str) -> str:
    """Commit images of a tag, as image automation does. Returns the revision."""
    file = images(app)
    file.write_text(MARKER.sub(rf"\1ghcr.io/acme/\3:{tag}\2", file.read_text()))
    return app.push(f"deploy: {tag}")


def test_a_new_app_is_not_red_before_its_first_build(app: App) -> None:
    """It waits for images, and everything else is there. The first images end that wait."""
    app.story.postgres_is_healthy()
    wait(lambda: words(app), lambda message: "waits for an image" in message, SLOWLY)
    assert condition(app.kustomization(), "Ready")["status"] == "Unknown"
    revision = deployed(app, TAG)
    app.green(revision)
    assert at(app.nodeapp(), "status", "backend", "image") == f"ghcr.io/acme/dashboard-backend:{TAG}"


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("overlays/dev/images.yaml", f":{TAG}", ":latest", "must not be latest"),
        ("overlays/dev/sizing.yaml", "environment: dev", "environment: uat", "environment"),
    ],
    ids=["refused at admission", "refused by the function"],
)
def test_a_bad_commit_changes_nothing_and_its_fix_is_never_red(
    app: App, file: str, old: str, new: str, sentence: str
) -> None:
    """It is red with the sentence and never green. Its revert is green and never red."""
    before = marks(app.story.objects(), "generation")
    path = app.repository.clone / file
    path.write_text(path.read_text().replace(old, new))
    with app.judged() as bad:
        bad.revision = app.push("feat: a slip")
        app.says(bad.revision, "")
        said = f"{app.fleet.ready('kustomizations.kustomize.toolkit.fluxcd.io', app.name)[1]} {words(app)}"
    assert sentence in said
    assert "True" not in bad.statuses
    assert marks(app.story.objects(), "generation") == before
    with app.judged() as fixed:
        fixed.revision = app.repository.revert()
        app.fleet.poll(app.name)
        app.green(fixed.revision)
    report(red=bad.seconds, green=fixed.seconds)
    assert "False" not in fixed.statuses
    assert marks(app.story.objects(), "generation") == before


def words(app: App) -> str:
    """What `kubectl get nodeapp` says."""
    return str(at(app.fleet.see(NODEAPP, app.name, app.name), "status", "message"))


@pytest.mark.parametrize("killed", ["source-controller", "kustomize-controller"])
def test_a_commit_arrives_although_a_controller_is_killed(app: App, killed: str) -> None:
    """Right after the push. It is green once it runs, and was never red."""
    tag = f"{NEXT}{len(killed)}"
    with app.judged() as verdicts:
        verdicts.revision = deployed(app, tag)
        app.fleet.restart(killed)
        app.green(verdicts.revision)
    assert "False" not in verdicts.statuses
    assert at(app.nodeapp(), "status", "backend", "image") == f"ghcr.io/acme/dashboard-backend:{tag}"


def test_a_revert_takes_back_what_can_be(app: App) -> None:
    """Images go back. A volume that has grown is kept, and the status says so."""
    sizing = app.repository.clone / "overlays" / "dev" / "sizing.yaml"
    sizing.write_text(sizing.read_text() + "  database:\n    storage: 10Gi\n")
    app.green(app.push("feat: write the size down"))
    kept = at(app.nodeapp(), "status", "backend", "image")
    sizing.write_text(sizing.read_text().replace("10Gi", "20Gi"))
    revision = deployed(app, f"{NEXT}99")
    wait(app.story.database, lambda seen: at(seen, "spec", "storage", "size") == "20Gi", SLOWLY)
    app.green(revision)
    revision = app.repository.revert()
    app.fleet.poll(app.name)
    app.green(revision)
    status = app.nodeapp()["status"]
    assert status["backend"]["image"] == kept
    assert status["database"]["storage"] == "20Gi"
    app.story.told("SpecHonored", "Held", "kept 20Gi")
