"""notification-controller's statuses beside the service's: both have the same verdict on each commit.

These stories need notification-controller and image-reflector-controller, which NODEAPP_PROGRAMS may have.
With --record, what happened is written down. tests/fleet_services/test_recorded_loop.py does it again.
"""

import time
from collections.abc import Iterator

import pytest
import yaml

from tests.fleet_services.git_host import GitHost
from tests.flux.app import OVERLAY, App, registered
from tests.flux.github_host import CONTEXT
from tests.flux.services import Services
from tests.flux.tape import Tape, recording
from tests.flux.test_loop import report
from tests.plane.flux import NOTIFICATION, REFLECTOR
from tests.plane.kubectl import Json, wait
from tests.recordings import LOOP

PROGRAMS = (NOTIFICATION, REFLECTOR)
NAME = "told"
FLUX = f"flux/{NAME}/dev"
POLICY = f"{NAME}-frontend"
FIRST, SECOND = "main-0a1b2c3-1790000000", "main-0a1b2c4-1790000001"
PATCH = f"""\
apiVersion: platform.io/v1
kind: NodeApp
metadata: {{name: {NAME}}}
spec:
  frontend:
    image: "" # {{"$imagepolicy": "flux-apps:{POLICY}"}}
"""


@pytest.fixture(scope="module")
def tape(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tape]:
    """What happens to the app."""
    with recording(services, NAME, tmp_path_factory.mktemp("tape") / "account") as tape:
        yield tape


@pytest.fixture(scope="module")
def app(services: Services, tape: Tape) -> App:
    """An app that has no image yet."""
    assert tape.begun
    return registered(services.fleet, NAME, spec())


def spec(**more: Json) -> Json:
    """An app with one part, whose image is in a file of its own."""
    return {"team": "a", "environment": "dev", "frontend": {}, **more}


def write(app: App, **more: Json) -> None:
    """Write the overlay. The file with the image stays as automation left it."""
    pull(app)
    app.write(spec(**more))
    images = app.repository.clone / OVERLAY / "images.yaml"
    if not images.exists():
        images.write_text(PATCH)
    content = {"resources": ["objects.yaml"], "patches": [{"path": "images.yaml"}], "namespace": NAME}
    app.repository.write(f"{OVERLAY}/kustomization.yaml", yaml.safe_dump(content))


def pull(app: App) -> None:
    """Fetch what automation has committed."""
    app.repository.git("pull", "--quiet", "--rebase", "origin", "main")


def head(app: App) -> str:
    """The revision on main."""
    pull(app)
    return f"main@sha1:{app.repository.git('rev-parse', 'HEAD')}"


def build(services: Services, app: App, tag: str) -> None:
    """CI pushes an image, and Flux looks. It does so once a minute by itself."""
    services.registry.tags[f"acme/{POLICY}"].append(tag)
    app.fleet.look_again("imagerepositories.image.toolkit.fluxcd.io", POLICY)


def both(services: Services, revision: str, state: str) -> float:
    """Wait until both statuses of a commit say the same. Returns the seconds between them."""
    ours = services.reported(revision, state)
    flux = services.reported(revision, state, context=FLUX)
    return ours.when - flux.when


def test_a_tag_is_all_that_a_deployment_takes(services: Services, app: App) -> None:
    """Flux finds it, the service commits it, Flux deploys it, and both statuses are green. Twice."""
    services.host.serve_files(services.fleet, app.repository)
    write(app)
    waiting = app.push("feat: wait for an image")
    services.reported(waiting, "pending", "frontend: waits for an image; set frontend.image")
    for tag in (FIRST, SECOND):
        begun, before = time.monotonic(), head(app)
        build(services, app, tag)
        revision = wait(lambda: head(app), lambda found, before=before: found != before, 120, pause=1.0)  # type: ignore[misc]
        app.fleet.poll(NAME)
        between = both(services, revision, "success")
        report(deployed=time.monotonic() - begun, between=between)
    # The wait for an image ended without a verdict: that commit never ran.
    assert services.posted(waiting, FLUX) == []
    assert "success" not in [each.state for each in services.posted(waiting)]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"team": "A team"}, "team"),
        ({"environment": "uat"}, "the platform has no profile 'uat'"),
    ],
    ids=["at admission", "by the function"],
)
def test_a_refusal_is_red_in_both(services: Services, app: App, more: Json, sentence: str) -> None:
    """Only the service's status has the reason. The revert is green in both, and red in none."""
    write(app, **more)
    refused = app.push("feat: a slip")
    both(services, refused, "failure")
    assert sentence in services.posted(refused)[-1].description
    fixed = app.repository.revert()
    app.fleet.poll(NAME)
    both(services, fixed, "success")
    for context in (CONTEXT, FLUX):
        assert "success" not in [each.state for each in services.posted(refused, context)]
        assert "failure" not in [each.state for each in services.posted(fixed, context)]


def test_a_revert_of_an_image_stays(services: Services, app: App) -> None:
    """Although the newer tag is still there, and everybody looks again."""
    host = GitHost(services.host.files[next(name for name in services.host.files if NAME in name)].bare)
    newest = host.blob(f"{OVERLAY}/images.yaml")
    pull(app)
    moved = app.repository.git("log", "-1", "--format=%H", "--", f"{OVERLAY}/images.yaml")
    app.repository.git("revert", "--no-edit", moved)
    reverted = app.repository.pushed()
    app.fleet.poll(NAME)
    both(services, reverted, "success")
    app.fleet.look_again("imagerepositories.image.toolkit.fluxcd.io", POLICY)
    time.sleep(20)  # The service looks every 15 seconds.
    assert head(app) == reverted
    assert host.blob(f"{OVERLAY}/images.yaml") != newest


def test_it_is_recorded(services: Services, app: App, tape: Tape, pytestconfig: pytest.Config) -> None:
    """All of it, with the versions of the controllers, if --record asks for it."""
    history = log(app)
    assert [each["author"] for each in history].count("flux[bot]") == 2
    assert {each.context for each in services.host.posts if each.when >= tape.begun} >= {CONTEXT, FLUX}
    if pytestconfig.getoption("--record"):
        images = [f"{services.registry.address}/acme/{POLICY}:{tag}" for tag in (FIRST, SECOND)]
        tape.save(LOOP, policy=f"flux-apps:{POLICY}", images=images, log=history)


def log(app: App) -> list[Json]:
    """The repository's history, oldest first, with the file of the image at each commit."""
    pull(app)
    git, file = app.repository.git, f"{OVERLAY}/images.yaml"
    commits = git("log", "--reverse", "--format=%H").split()
    return [
        {
            "commit": commit,
            "author": git("show", "-s", "--format=%an", commit),
            "message": git("show", "-s", "--format=%B", commit) + "\n",
            "images": git("show", f"{commit}:{file}") + "\n" if git("ls-tree", commit, file) else "",
        }
        for commit in commits
    ]
