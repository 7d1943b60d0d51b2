"""The status is true: Ready means that what is asked for runs, else it names part, reason and remedy."""

import pytest

from function.api.names import HASH
from tests.conditions import not_ready, progressing
from tests.simulated.operators import (
    Operator,
    asleep,
    rolled_out,
    rolling_out,
    stuck,
)
from tests.simulator import BACKED_UP as APP
from tests.simulator import STORED, StatusCondition, World

AVAILABLE = StatusCondition("True", "Available", "")
BACKEND = APP["backend"]


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World(APP, STORED).settle()


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
    assert world.condition("BackendReady") == not_ready("pods of an older version still run")


def counted(replicas: int, updated: int, available: int) -> Operator:
    """A Deployment with so many pods."""
    counts = {"replicas": replicas, "updatedReplicas": updated, "availableReplicas": available}
    return lambda deployment: deployment | {"status": rolled_out(deployment)["status"] | counts}


def test_a_rollout_is_one_sentence(world: World) -> None:
    """The status stays as it is until the end. Each one that is written makes Crossplane call twice more."""
    steps = ((3, 1, 2), (3, 1, 3), (3, 2, 2), (3, 2, 3))
    statuses = [world.play("backend-deployment", counted(*counts)).settle().status for counts in steps]
    assert world.message == "backend: pods of an older version still run"
    assert statuses[0]["backend"] == {"replicas": 2, "available": 2}
    assert statuses[1:] == statuses[:1] * 3


def test_pods_that_are_too_many(world: World) -> None:
    """An autoscaler asks for fewer, and one hasn't ended yet. No version is older."""
    world.play("backend-deployment", counted(3, 3, 3)).settle()
    assert world.message == "backend: pods still run that aren't wanted any more: 1"


def test_object_being_deleted_is_not_ready(world: World) -> None:
    """An object on its way out doesn't count."""
    world.hand_edit("backend-service", {"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}}).settle()
    assert world.condition("BackendReady") == progressing("Service is being deleted")
