"""The status is true: Ready means that what is asked for runs, else it names part, reason and remedy."""

import pytest

from function.api.names import HASH
from tests.simulated.operators import (
    asleep,
    failing_upgrade,
    healthy,
    rolled_out,
    rolling_out,
    setting_up,
    stuck,
    switching_over,
)
from tests.simulated.rounds import KubernetesEvent
from tests.simulator import BACKED_UP as APP
from tests.simulator import STORED, StatusCondition, World

AVAILABLE = StatusCondition("True", "Available", "")
BACKEND = APP["backend"]


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World(APP, STORED).settle()


def not_ready(message: str) -> StatusCondition:
    """A condition of what is there, and doesn't work yet or any more."""
    return StatusCondition("False", "NotReady", message)


def progressing(message: str) -> StatusCondition:
    """What a condition says that waits."""
    return StatusCondition("False", "Progressing", message)


def test_new_app_says_what_it_waits_for() -> None:
    """Right after the first commit everything waits, and the message begins with the cause of it all."""
    world = World(APP, STORED)
    world.reconcile()
    assert not world.ready
    assert world.message == "database: Cluster not created yet"
    first = {"Database": "Cluster", "Backend": "Deployment", "Frontend": "Deployment", "Route": "Ingress"}
    for part, kind in first.items():
        assert world.condition(f"{part}Ready") == progressing(f"{kind} not created yet")


def test_app_at_rest_is_ready(world: World) -> None:
    """Ready, every part says so, and there is nothing else to read."""
    assert world.ready
    assert world.message == ""
    assert world.condition("DatabaseReady") == StatusCondition("True", "Healthy", "")
    for part in ("Backend", "Frontend", "Route"):
        assert world.condition(f"{part}Ready") == AVAILABLE
    assert world.events == []


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
        ({}, {"domain": "acme.dev"}, "http://dash-shop.acme.dev"),
        ({"tls": True}, {"domain": "acme.dev"}, "https://dash-shop.acme.dev"),
        ({}, {"domain": "acme.dev", "ingress": {"clusterIssuer": "le"}}, "https://dash-shop.acme.dev"),
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


def test_nothing_is_ready_right_after_an_edit(world: World) -> None:
    """In the first pass after an edit the observed object is the old, healthy one: its hash gives it away."""
    world.edit(backend=BACKEND | {"image": "ghcr.io/acme/back:1.1.0"})
    response = world.reconcile().response
    old = response.desired.resources["backend-deployment"].ready
    assert old == response.desired.composite.ready
    assert world.condition("BackendReady") == progressing("Deployment not updated yet")
    assert world.message == "backend: Deployment not updated yet"
    assert not world.ready
    assert "image" not in world.status["backend"]
    assert world.settle().ready
    assert world.status["backend"]["image"] == "ghcr.io/acme/back:1.1.0"
    assert world.events == []


def test_hash_says_what_an_object_was_made_from(world: World) -> None:
    """The hash is on every object, changes with it, and restarts nothing."""
    before = {key: manifest["metadata"]["annotations"][HASH] for key, manifest in world.state.items()}
    world.edit(backend=BACKEND | {"env": {"A": "b"}}).settle()
    after = {key: manifest["metadata"]["annotations"][HASH] for key, manifest in world.state.items()}
    assert {key for key in after if after[key] != before[key]} == {"backend-deployment"}
    template = world.object("backend-deployment")["spec"]["template"]["metadata"]
    assert "annotations" not in template


def test_rollout_counts_replicas(world: World) -> None:
    """While a rollout goes on, the message counts, and the image is not the new one yet."""
    world.play("backend-deployment", rolling_out(1)).edit(backend=BACKEND | {"env": {"A": "b"}}).settle()
    assert world.condition("BackendReady") == not_ready("1 of 2 replicas available")
    assert world.message == "backend: 1 of 2 replicas available"
    assert world.status["backend"] == {"replicas": 2, "available": 1}
    assert world.condition("FrontendReady") == AVAILABLE
    world.play("backend-deployment", rolled_out).settle()
    assert world.ready
    assert world.events == []


def test_rollout_that_nobody_has_begun(world: World) -> None:
    """A status that speaks of an older generation says nothing of this one."""
    world.play("backend-deployment", asleep).edit(backend=BACKEND | {"env": {"A": "b"}}).settle()
    assert world.condition("BackendReady") == not_ready("rollout not started yet")


def test_stuck_rollout_says_why(world: World) -> None:
    """Kubernetes' own reason is repeated."""
    message = 'ReplicaSet "dash-backend-5d9" has timed out progressing.'
    world.play("backend-deployment", stuck(message)).edit(backend=BACKEND | {"env": {"A": "b"}}).settle()
    assert world.condition("BackendReady") == not_ready(
        f"0 of 2 replicas available; ProgressDeadlineExceeded: {message}"
    )
    assert not world.ready


def test_older_replicas_are_not_ready(world: World) -> None:
    """While an older version still serves, the newer one doesn't serve alone."""

    def draining(deployment: dict[str, object]) -> dict[str, object]:
        done = rolled_out(deployment)
        return done | {"status": done["status"] | {"replicas": 3}}

    world.play("backend-deployment", draining).settle()
    assert world.condition("BackendReady") == not_ready("pods of an older version still running: 1")


def test_database_that_is_being_made() -> None:
    """CloudNativePG's phase is repeated."""
    world = World(APP, STORED).play("database-cluster", setting_up).settle()
    assert world.condition("DatabaseReady") == not_ready("phase 'Setting up primary'")
    assert world.message == "database: phase 'Setting up primary'"
    assert world.status["database"]["phase"] == "Setting up primary"
    assert "primary" not in world.status["database"]
    assert world.play("database-cluster", healthy).settle().ready


def test_database_that_nobody_takes_up() -> None:
    """A Cluster without a status says that its operator isn't there."""
    world = World(APP, STORED).play("database-cluster", asleep).settle()
    assert world.condition("DatabaseReady") == not_ready("CloudNativePG hasn't taken it up yet")


def test_switchover(world: World) -> None:
    """A switchover is told, and the rest of the app goes on."""
    world.play("database-cluster", switching_over).settle()
    assert world.condition("DatabaseReady") == not_ready("phase 'Switchover in progress'")
    assert world.status["database"]["ready"] == 2
    assert world.condition("BackendReady") == AVAILABLE
    assert not world.ready


def test_failed_upgrade(world: World) -> None:
    """A failed upgrade shows the phase it hangs in and the version that the data still has."""
    world.play("database-cluster", failing_upgrade).edit(database={"version": 18}).settle()
    assert world.condition("DatabaseReady") == not_ready("phase 'Upgrading Postgres major version'")
    assert world.status["database"]["version"] == 17


def test_image_that_nobody_takes_up(world: World) -> None:
    """Until CloudNativePG begins an upgrade, its phase is the healthy one of before."""
    before = world.status["database"]["image"]
    world.play("database-cluster", asleep).edit(database={"version": 18}).settle()
    after = world.object("database-cluster")["spec"]["imageName"]
    assert world.condition("DatabaseReady") == not_ready(f"runs {before}, and not yet {after}")
    assert not world.ready


def test_too_few_instances(world: World) -> None:
    """CloudNativePG's Ready isn't enough: all instances must be."""

    def short(cluster: dict[str, object]) -> dict[str, object]:
        done = healthy(cluster)
        return done | {"status": done["status"] | {"readyInstances": 2}}

    world.play("database-cluster", short).settle()
    assert world.condition("DatabaseReady") == not_ready("2 of 3 instances ready")


def test_database_hibernated_by_hand(world: World) -> None:
    """What was put to sleep by hand is left alone, and the message says how to wake it."""
    world.hand_edit("database-cluster", {"metadata": {"annotations": {"cnpg.io/hibernation": "on"}}}).settle()
    assert world.condition("DatabaseReady") == not_ready(
        "hibernated by hand; annotate the Cluster with cnpg.io/hibernation: off to wake it"
    )


def test_object_being_deleted_is_not_ready(world: World) -> None:
    """An object on its way out doesn't count."""
    world.hand_edit("backend-service", {"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}}).settle()
    assert world.condition("BackendReady") == progressing("Service is being deleted")


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
    """Conditions of parts that an app never had aren't there."""
    world = World({"team": "web", "frontend": {"image": "a/b:1"}}).settle()
    assert world.types == {"Accepted", "PolicyCompliant", "SpecHonored", "FrontendReady"}


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
    assert world.edit(ingress={}).settle().status["url"] == "http://dash-shop.acme.dev"


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
    """Who asks for monitoring without Prometheus reads why there is none, and the app is Ready."""
    world = World(APP | {"monitoring": True}, STORED).settle()
    message = "monitoring is off: the Platform names no prometheus, so its operator may not be installed"
    assert world.condition("Monitored") == StatusCondition("False", "NoPrometheus", message)
    assert world.message == message
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
