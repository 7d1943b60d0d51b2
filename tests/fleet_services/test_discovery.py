"""The discovery as Flux Operator calls it: a whole answer, or 5xx, so that nothing deployed is removed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fleet_services import kubernetes as api
from fleet_services.discovery.answer import METRICS, Discovery, Settings
from fleet_services.discovery.web import application
from fleet_services.github import client
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub, deployed
from tests.fleet_services.kubernetes import Kubernetes, served
from tests.fleet_services.operator import PROVIDERS, Operator
from tests.fleet_services.served import Answer


@pytest.fixture
def cluster() -> Kubernetes:
    """Kubernetes, with nothing in it."""
    return Kubernetes()


@pytest.fixture
def removed(tmp_path: Path) -> Path:
    """The fleet's list of apps that may go."""
    file = tmp_path / "removed"
    file.write_text("# none\n")
    return file


@pytest.fixture
def web(
    connected: client.GitHub, cluster: Kubernetes, removed: Path, account: Path, tmp_path: Path
) -> Iterator[TestClient]:
    """The service."""
    token = tmp_path / "token"
    token.write_text("of-the-operator\n")
    with served(cluster, account) as server:
        kubernetes = api.Kubernetes(server, account)
        settings = Settings("acme", "flux-apps", "discovery", removed)
        with (
            kubernetes.http,
            TestClient(application(Discovery(connected, kubernetes, settings).answer, token, METRICS)) as web,
        ):
            yield web


@pytest.fixture
def operator(cluster: Kubernetes, web: TestClient) -> Operator:
    """Who asks."""
    return Operator(cluster, web)


def test_a_new_repository_is_in_the_next_answer(operator: Operator, github: GitHub) -> None:
    """Also one that gets the topic later."""
    assert operator.poll() == []
    github.repositories = [deployed(1, "shop"), deployed(2, "blog", topics=[]), deployed(3, "wiki")]
    assert operator.poll() == ["shop", "wiki"]
    github.repositories[1] = deployed(2, "blog")
    assert operator.poll() == ["blog", "shop", "wiki"]


def test_the_inputs_are_those_of_the_registry(operator: Operator, github: GitHub) -> None:
    """The same keys, as text, so that one ResourceSet serves both."""
    github.repositories = [deployed(1, "shop")]
    operator.poll()
    assert operator.inputs == [
        {
            "id": "1",
            "name": "shop",
            "namespace": "shop",
            "repository": "https://github.com/acme/shop-deploy",
            "team": "web",
            "environment": "dev",
        }
    ]


Break = Callable[[GitHub, Kubernetes, Path, Clock], object]
BROKEN: dict[str, tuple[Break, str]] = {
    "github-is-down": (lambda g, k, r, c: g.planned.append(Answer(502, b"<html>")), "answered 502"),
    "second-page-is-down": (lambda g, k, r, c: g.planned.extend([None, Answer(502, b"")]), "answered 502"),
    "half-a-page": (
        lambda g, k, r, c: g.planned.append(Answer(200, [deployed(1, "shop")], cut=30)),
        "no whole answer",
    ),
    "odd-json": (lambda g, k, r, c: g.planned.append(Answer(200, [{"id": 1}])), "isn't what it documents"),
    "rate-limit": (
        lambda g, k, r, c: g.planned.append(Answer(429, {"message": "slow"}, {"retry-after": "9"})),
        "takes calls again in 9 s",
    ),
    "token-expired": (lambda g, k, r, c: g.tokens.clear(), "expired or were revoked"),
    "no-right-to-list": (lambda g, k, r, c: g.planned.append(Answer(200, [])), "lists no repository with"),
    "kubernetes-is-down": (lambda g, k, r, c: setattr(k, "down", True), "the API server answered 503"),
    "provider-is-gone": (lambda g, k, r, c: k.lists[PROVIDERS].clear(), "isn't there"),
    "removed-cannot-be-read": (lambda g, k, r, c: r.unlink(), "list of removed apps can't be read"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_any_doubt_is_a_503(
    operator: Operator, github: GitHub, cluster: Kubernetes, removed: Path, clock: Clock, how: str
) -> None:
    """What is deployed stays, and the answer says why."""
    github.repositories = [deployed(1, "shop"), deployed(2, "blog"), deployed(3, "wiki")]
    apps = operator.poll()
    broken, why = BROKEN[how]
    broken(github, cluster, removed, clock)
    assert operator.poll() == apps
    assert why in operator.error


def test_github_down_for_an_hour_removes_nothing(operator: Operator, github: GitHub) -> None:
    """And the first answer after it is right."""
    github.repositories = [deployed(1, "shop"), deployed(2, "blog")]
    operator.poll()
    github.planned = [Answer(503, b"")] * 60
    assert {tuple(operator.poll()) for _ in range(60)} == {("blog", "shop")}
    github.repositories.append(deployed(3, "wiki"))
    assert operator.poll() == ["blog", "shop", "wiki"]


def test_a_restart_forgets_nothing(operator: Operator, github: GitHub, web: TestClient) -> None:
    """What is deployed is read from the cluster, so a service that never saw the topic keeps the app."""
    github.repositories = [deployed(1, "shop"), deployed(2, "blog")]
    operator.poll()
    github.repositories = [deployed(1, "shop", topics=["team-web"]), deployed(2, "blog")]
    assert Operator.poll(operator) == ["blog", "shop"]
    assert operator.web is web


def test_an_app_goes_on_purpose(operator: Operator, github: GitHub, removed: Path) -> None:
    """Even the last one: the topic is taken away, and the fleet lists it."""
    github.repositories = [deployed(1, "shop")]
    operator.poll()
    github.repositories = [deployed(1, "shop", topics=[])]
    assert operator.poll() == ["shop"]
    assert "list each app as removed" in operator.error
    removed.write_text("shop # its team moved to the platform of sales\n")
    assert operator.poll() == []
    assert operator.error == ""


def test_an_entry_in_the_registry_takes_an_app_over(
    operator: Operator, github: GitHub, cluster: Kubernetes
) -> None:
    """The discovery leaves it out from then on."""
    github.repositories = [deployed(1, "shop"), deployed(2, "blog")]
    operator.poll()
    values = {"name": "shop", "namespace": "shop", "repository": "https://github.com/acme/shop-deploy"}
    entry = {"type": "Static", "defaultValues": values}
    cluster.put(PROVIDERS, {"metadata": {"name": "shop", "namespace": "flux-apps"}, "spec": entry})
    assert operator.poll() == ["blog"]


def test_each_note_is_logged_once(
    operator: Operator, github: GitHub, caplog: pytest.LogCaptureFixture
) -> None:
    """It is counted as long as it is true."""
    github.repositories = [deployed(1, "shop"), deployed(2, "Blog")]
    for _ in range(3):
        operator.poll()
    assert [each.message for each in caplog.records if each.levelname == "WARNING"] == [
        "acme/Blog-deploy is not deployed: its name isn't <app>-deploy with a name that an app may have"
    ]
    metrics = operator.web.get("/metrics").text
    assert "fleet_discovery_notes 1.0" in metrics
    assert "fleet_discovery_apps 1.0" in metrics


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", "Basic of-the-operator"])
def test_strangers_get_nothing(web: TestClient, github: GitHub, header: str) -> None:
    """The list has the names of private repositories."""
    assert web.get("/inputs", headers={"Authorization": header}).status_code == 401
    assert github.requests == []


def test_callers_wait_as_long_as_github_asks_for(operator: Operator, github: GitHub) -> None:
    """By the header for it."""
    github.planned = [Answer(429, {"message": "slow"}, {"retry-after": "90"})]
    answer = operator.web.get("/inputs", headers={"Authorization": "Bearer of-the-operator"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "90")


def test_health_does_not_depend_on_github(web: TestClient, github: GitHub) -> None:
    """A restart wouldn't mend GitHub."""
    github.planned = [Answer(502, b"")]
    assert web.get("/healthz").text == "ok"


def test_too_much_for_the_operator_is_a_doubt(
    operator: Operator, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Flux Operator would refuse the bytes, and silently drop the apps over its limit."""
    github.repositories = [deployed(number, f"app-{number}") for number in range(1, 4)]
    monkeypatch.setattr("fleet_services.discovery.answer.MOST_INPUTS", 2)
    assert operator.poll() == []
    assert "3 apps in " in operator.error
