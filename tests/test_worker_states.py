"""Whether workers run, and what is said of them."""

import pytest

from tests.conditions import not_ready, progressing
from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import WAKING
from tests.simulated.operators import rolling_out, stuck
from tests.simulator import StatusCondition, World
from tests.worker_apps import AVAILABLE, BACKEND, DATABASE, MAIL, WORKERS, app


@pytest.fixture
def world() -> World:
    """It runs."""
    return World(app()).settle()


def test_a_worker_waits_for_an_image() -> None:
    """All else is made. With its own image it waits too where the backend's migrates the database."""
    without = {key: value for key, value in BACKEND.items() if key not in ("image", "migrate")}
    world = World(app(backend=without)).settle()
    assert "worker-mail-deployment" not in world.keys
    assert "worker-search-deployment" in world.keys
    message = "mail: waits for an image; set backend.image"
    assert world.condition("WorkersReady") == StatusCondition("False", "NoImage", message)
    assert world.status["workers"]["mail"] == {"replicas": 0, "available": 0}

    world.edit(backend=without | {"migrate": ["m"]}).settle()
    assert "worker-search-deployment" not in world.keys
    assert world.condition("WorkersReady").message.startswith("mail: waits for the backend's image, which")
    world.edit(backend=BACKEND).settle()
    assert world.condition("WorkersReady") == AVAILABLE
    assert world.ready


def test_a_worker_that_fails_is_named(world: World) -> None:
    """The app isn't Ready, and the old version of the worker goes on."""
    world.play("worker-mail-deployment", stuck("ReplicaSet has timed out progressing."))
    world.edit(backend=BACKEND | {"image": "ghcr.io/acme/back:2.0.0"}).settle()
    condition = world.condition("WorkersReady")
    assert condition[:2] == ("False", "NotReady")
    assert condition.message.startswith("mail: 0 of 2 replicas available; ProgressDeadlineExceeded: ")
    assert not world.ready
    assert world.message == f"workers: {condition.message}"
    assert "image" not in world.status["workers"]["mail"]
    assert world.status["workers"]["search"]["available"] == 2


def test_the_worst_gives_the_reason(world: World) -> None:
    """All that need a word are named, and a wait hides no failure."""
    world.play("worker-mail-deployment", rolling_out(1))
    world.play("worker-search-deployment", rolling_out(0)).settle()
    world.edit(workers=WORKERS | {"a-new": MAIL}).reconcile()
    message = "a-new: Deployment not created yet; mail: 1 of 2 replicas available; search: 0 of 2 replicas"
    condition = world.condition("WorkersReady")
    assert condition.reason == not_ready("").reason
    assert condition.message.startswith(message)


def test_what_is_only_new_is_no_failure() -> None:
    """No event is sent for it."""
    world = World(app())
    world.reconcile()
    assert world.condition("WorkersReady").reason == progressing("").reason
    assert not [event for event in world.events if event.message.startswith("workers")]


def test_workers_sleep_and_wake_with_the_database(world: World) -> None:
    """They wake after it, as the backend does."""
    world.edit(database=DATABASE | {"hibernate": True}).settle()
    assert world.object("worker-mail-deployment")["spec"]["replicas"] == 0
    asleep = StatusCondition("True", "Hibernated", "no pods while the database sleeps")
    assert world.condition("WorkersReady") == asleep
    assert world.ready

    world.play("database-cluster", Instances(WAKING, down=9))
    world.edit(database=DATABASE).settle()
    assert world.object("worker-mail-deployment")["spec"]["replicas"] == 0
    assert world.condition("WorkersReady").reason == "WaitingForDatabase"
    world.play("database-cluster", Instances()).settle()
    assert world.object("worker-mail-deployment")["spec"]["replicas"] == 2
    assert world.condition("WorkersReady") == AVAILABLE
