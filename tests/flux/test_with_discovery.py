"""The service discovery: Flux Operator asks it for apps. What is deployed stays, whatever GitHub says."""

import uuid
from collections.abc import Callable

import pytest

from function.read import at, condition
from tests.fleet_services.github import deployed, repository
from tests.flux.app import App
from tests.flux.fleet import APPS, SLOWLY, SOURCE
from tests.flux.github_host import Host
from tests.flux.repository import create
from tests.flux.services import Services
from tests.live.judging import marks
from tests.plane.flux import git_url, repositories
from tests.plane.kubectl import Json, wait

PROVIDER = "resourcesetinputproviders.fluxcd.controlplane.io"
SPEC: Json = {"team": "web", "environment": "dev", "frontend": {"image": "ghcr.io/acme/wiki:1.0.0"}}
OTHER = repository(2, "Not-an-app", "flux-managed")
"""It has the topic, and can't be deployed. With no marked repository at all, nothing would be certain."""


def polled(services: Services) -> Json:
    """The provider, once Flux Operator has asked again. It does so once a minute by itself."""
    mark = uuid.uuid4().hex
    annotations = {"metadata": {"annotations": {"reconcile.fluxcd.io/requestedAt": mark}}}
    services.fleet.cluster.patch(PROVIDER, "discovery", APPS, annotations)
    look = lambda: services.fleet.see(PROVIDER, "discovery")  # noqa: E731  # A look is short.
    return wait(look, lambda seen: at(seen, "status", "lastHandledReconcileAt") == mark, SLOWLY)


def ready(provider: Json) -> tuple[str, str]:
    """Status and message."""
    found = condition(provider, "Ready")
    return found["status"], found["message"]


@pytest.fixture(scope="module")
def app(services: Services) -> App:
    """An app that has no entry in the registry. Its repository has the topic."""
    app = App(services.fleet, create(services.fleet.plane, "wiki-deploy"), "wiki")
    app.write(SPEC)
    revision = app.repository.push("feat: begin")
    services.host.github.repositories = [listed(app), OTHER]
    assert ready(polled(services))[0] == "True"
    wait(app.nodeapp, bool, SLOWLY)
    app.green(revision)
    return app


def listed(app: App, **changes: object) -> Json:
    """The repository in GitHub's list."""
    return deployed(1, "wiki", html_url=app.repository.url) | changes


def state(app: App) -> object:
    """The app's objects: those that Flux made, and those in the cluster."""
    flux = [app.kustomization(), app.fleet.see(SOURCE, app.name)]
    return marks([*flux, app.nodeapp(), *app.story.objects()], "generation")


def go_down(host: Host) -> None:
    """GitHub answers nothing but errors."""
    host.down = True


def expire(host: Host) -> None:
    """The token is another one."""
    host.github.tokens = {"another"}


def lose_all(host: Host) -> None:
    """GitHub lists nothing, as it does when the App's installation loses its rights."""
    host.github.repositories = []


@pytest.mark.parametrize("trouble", [go_down, expire, lose_all])
def test_doubts_remove_nothing(services: Services, app: App, trouble: Callable[[Host], None]) -> None:
    """The provider isn't ready and says why, and everything stays as it is."""
    before, host = state(app), services.host
    kept = host.github.repositories, host.github.tokens
    doubts = services.metric("discovery", "fleet_discovery_doubts_total")
    trouble(host)
    status, message = ready(polled(services))
    assert (status, "503" in message) == ("False", True), message
    assert services.metric("discovery", "fleet_discovery_doubts_total") > doubts
    assert state(app) == before
    host.down, (host.github.repositories, host.github.tokens) = False, kept
    assert ready(polled(services))[0] == "True"
    assert state(app) == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"archived": True}, "is archived"), ({"topics": ["team-web"]}, "lost the topic flux-managed")],
    ids=["archived", "topic taken away"],
)
def test_a_repository_that_is_no_longer_marked_stays_deployed(
    services: Services, app: App, changes: Json, words: str
) -> None:
    """Somebody is told: in the log, and by a metric. Without a second step, nothing is removed."""
    before, host = state(app), services.host
    notes = services.metric("discovery", "fleet_discovery_notes")
    host.github.repositories = [listed(app, **changes), OTHER]
    assert ready(polled(services))[0] == "True"
    assert f"{app.repository.url} {words}; wiki stays deployed" in services.log("discovery")
    assert services.metric("discovery", "fleet_discovery_notes") == notes + 1
    assert state(app) == before
    host.github.repositories = [listed(app), OTHER]
    polled(services)
    assert services.metric("discovery", "fleet_discovery_notes") == notes


def test_a_renamed_repository_stays_the_same_app(services: Services, app: App) -> None:
    """Flux follows it to its new address, and the app isn't touched."""
    before = marks([app.nodeapp(), *app.story.objects()], "uid")
    url = f"{git_url(services.fleet.plane)}/handbook-deploy.git"
    folder = repositories(services.fleet.plane)
    (folder / "wiki-deploy.git").rename(folder / "handbook-deploy.git")
    renamed = listed(app, name="handbook-deploy", full_name="acme/handbook-deploy", html_url=url)
    services.host.github.repositories = [renamed, OTHER]
    polled(services)
    source = lambda: services.fleet.see(SOURCE, "wiki")  # noqa: E731  # A look is short.
    wait(source, lambda seen: at(seen, "spec", "url") == url, SLOWLY)
    wait(source, lambda seen: condition(seen, "Ready").get("status") == "True", SLOWLY)
    assert marks([app.nodeapp(), *app.story.objects()], "uid") == before
    assert f"{app.repository.url} is now {url}; its app stays wiki" in services.log("discovery")
