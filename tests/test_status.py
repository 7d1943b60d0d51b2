"""The status says where the app is reached, what it lacks, and each change for the worse once."""

import pytest

from tests.conditions import not_ready, progressing
from tests.simulated.operators import (
    rolling_out,
)
from tests.simulated.rounds import KubernetesEvent
from tests.simulator import BACKED_UP as APP
from tests.simulator import STORED, StatusCondition, World


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World(APP, STORED).settle()


def test_status_says_how_to_reach_everything(world: World) -> None:
    """What runs, and where."""
    assert world.status["url"] == "http://dash.acme.dev"
    assert world.status["frontend"] == {"image": "ghcr.io/acme/front:1.0.0", "replicas": 2, "available": 2}
    assert world.status["backend"] == {"image": "ghcr.io/acme/back:1.0.0", "replicas": 2, "available": 2}
    cluster = world.object("database-cluster")
    assert world.status["database"] == {
        "phase": "Cluster in healthy state",
        "version": 17,
        "image": cluster["spec"]["imageName"],
        "instances": 3,
        "ready": 3,
        "primary": "dash-db-1",
        "host": "dash-db-rw.shop",
        "port": 5432,
        "name": "dash",
        "secret": "dash-db-app",
        "storage": "20Gi",
        "uid": cluster["metadata"]["uid"],
        "serverName": "shop-dash-1-1-pg17",
        "era": 1,
        "backup": {"firstRecoverable": "2026-01-01T00:01:00Z", "lastSuccessful": "2026-01-01T00:01:00Z"},
        "deletionPolicy": "Retain",
    }


@pytest.mark.parametrize(
    ("ingress", "platform", "url"),
    [
        ({}, {"domain": "acme.dev"}, "http://dash--shop.acme.dev"),
        ({"tls": True}, {"domain": "acme.dev"}, "https://dash--shop.acme.dev"),
        ({}, {"domain": "acme.dev", "ingress": {"clusterIssuer": "le"}}, "https://dash--shop.acme.dev"),
        ({"tls": False, "host": "a.b"}, {"ingress": {"clusterIssuer": "le"}}, "http://a.b"),
    ],
)
def test_url(ingress: dict[str, object], platform: dict[str, object], url: str) -> None:
    """The URL follows from the host, the platform's domain and whether there is TLS."""
    assert World(APP | {"ingress": ingress}, platform).settle().status["url"] == url


def test_url_of_an_app_named_as_its_namespace() -> None:
    """An app that has a namespace of its own name isn't named twice."""
    world = World(APP | {"ingress": {}}, {"domain": "acme.dev"}, name="dash", namespace="dash").settle()
    assert world.status["url"] == "http://dash.acme.dev"


def test_healthy_part_that_fails_is_an_event(world: World) -> None:
    """What worked and doesn't any more is told once, with its numbers."""
    world.play("backend-deployment", rolling_out(1)).settle()
    assert world.condition("BackendReady") == not_ready("1 of 2 replicas available")
    assert [tuple(event) for event in world.events] == [
        ("Warning", "NotReady", "backend: 1 of 2 replicas available")
    ]


def test_deleted_object_comes_back_without_an_event(world: World) -> None:
    """A deleted Deployment is created again, without an event."""
    world.delete("backend-deployment")
    world.reconcile()
    assert world.condition("BackendReady") == progressing("Deployment not created yet")
    assert world.settle().ready
    assert world.events == []


@pytest.mark.parametrize("backend", [{}, {"image": ""}])
def test_part_without_an_image_waits(backend: dict[str, str]) -> None:
    """A new repo has no image before its first CI run: everything else is made, and nothing is wrong."""
    world = World(APP | {"backend": backend}, STORED).settle()
    assert "backend-deployment" not in world.keys
    assert world.keys >= {"backend-service", "database-cluster", "ingress"}
    waits = StatusCondition("False", "NoImage", "waits for an image; set backend.image")
    assert world.condition("BackendReady") == waits
    assert world.message == "backend: waits for an image; set backend.image"
    assert world.status["backend"] == {"replicas": 0, "available": 0}
    assert not world.ready
    assert world.events == []
    assert world.ask(APP).settle().ready


def test_absent_part_is_not_mentioned() -> None:
    """Conditions of parts that an app never had aren't there. That of the route says why there is no URL."""
    world = World({"team": "web", "frontend": {"image": "a/b:1"}}).settle()
    assert world.types == {"Accepted", "PolicyCompliant", "SpecHonored", "FrontendReady", "RouteReady"}


def test_removed_part_says_that_it_is_not_applicable(world: World) -> None:
    """Crossplane never drops a condition, so a part that went goes on saying so."""
    world.edit(frontend=None).settle()
    assert world.condition("FrontendReady") == StatusCondition("True", "NotApplicable", "")
    assert world.ready
    world.settle()
    assert world.condition("FrontendReady") == StatusCondition("True", "NotApplicable", "")
    assert "frontend" not in world.status


def test_backend_alone_stays_internal() -> None:
    """A backend without a frontend is exposed only where the NodeApp says so."""
    internal = {"team": "web", "backend": {"image": "a/b:1"}}
    world = World(internal, {"domain": "acme.dev"}).settle()
    assert "url" not in world.status
    assert "ingress" not in world.keys
    assert world.edit(ingress={}).settle().status["url"] == "http://dash--shop.acme.dev"


def test_no_host_is_told() -> None:
    """Who asks to be exposed where no host is known reads what to set."""
    world = World(APP | {"ingress": {}}, STORED).settle()
    message = "no host: set ingress.host, or domain on the Platform"
    assert world.condition("RouteReady") == StatusCondition("False", "NoHost", message)
    assert world.message == f"route: {message}"
    assert not world.ready


def test_turn_for_the_worse_is_told_once(world: World) -> None:
    """An event marks the turn, not the state."""
    world.edit(ingress={}).settle().settle()
    message = "route: no host: set ingress.host, or domain on the Platform"
    assert world.events == [KubernetesEvent("Warning", "NoHost", message)]


def test_monitoring_that_the_platform_lacks_holds_nothing_back() -> None:
    """Who asks for monitoring without Prometheus reads in the condition why there is none, and the app is
    Ready. Its message stays free: no developer can end this."""
    world = World(APP | {"monitoring": True}, STORED).settle()
    message = "monitoring is off: the Platform names no prometheus, so its operator may not be installed"
    assert world.condition("Monitored") == StatusCondition("False", "NoPrometheus", message)
    assert world.message == ""
    assert world.ready


def test_refused_apply_is_not_synced(world: World) -> None:
    """An object that the API server refuses leaves the others as they are, and Synced False."""
    owner = {"kind": "X", "name": "x", "uid": "someone", "controller": True}
    world.hand_edit("backend-service", {"metadata": {"ownerReferences": [owner]}}).settle()
    assert "backend-service" in world.rounds[-1].refused
    message = "Service was refused by the API server: kubectl describe XNodeApp dash-x0000 says why"
    assert world.condition("BackendReady") == StatusCondition("False", "Refused", message)
    assert "backend-deployment" in world.keys


def test_quiet_reconcile_is_answered_alike(world: World) -> None:
    """Two quiet reconciles get the same answer, byte for byte."""
    one, two = world.reconcile().response, world.reconcile().response
    tags = {one.meta.tag, two.meta.tag}
    assert len(tags) == 1
    assert one.SerializeToString(deterministic=True) == two.SerializeToString(deterministic=True)
