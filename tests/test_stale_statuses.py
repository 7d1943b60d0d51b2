"""What an object says of an older state isn't taken for the present one: nothing is Ready too early."""

from typing import Any

import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from tests.simulated.operators import asleep
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, StatusCondition, World

STORED = {"database": {"objectStore": {"destinationPath": "s3://backups"}}, "prometheus": {}}
DATABASE: dict[str, Any] = {"version": 17, "extensions": ["pg_trgm"], "pooler": {}}
HERE: dict[str, Any] = APP | {"database": DATABASE}
EDITS: dict[str, tuple[str, Manifest]] = {
    "another extension": ("database-extensions", {"database": {"extensions": ["pg_trgm", "vector"]}}),
    "fewer instances": ("database-cluster", {"database": {"instances": 2}}),
    "more instances": ("database-cluster", {"database": {"instances": 4}}),
    "another major": ("database-cluster", {"database": {"version": 18}}),
    "hibernation": ("database-cluster", {"database": {"hibernate": True}}),
    "more poolers": ("database-pooler", {"database": {"pooler": {"instances": 3}}}),
    "another backend": ("backend-deployment", {"backend": {"image": "ghcr.io/acme/back:2.0.0"}}),
    "another frontend": ("frontend-deployment", {"frontend": {"image": "ghcr.io/acme/front:2.0.0"}}),
}
"""Edit → key of the object whose operator must see it, and what is written in each part."""


@pytest.fixture
def world() -> World:
    """An app with everything, at rest."""
    return World(HERE, STORED).settle()


@pytest.mark.parametrize("edit", EDITS)
def test_nothing_is_ready_before_its_operator_has_seen_the_edit(world: World, edit: str) -> None:
    """While the operator is asleep, the object's status is the healthy one of before the edit."""
    key, parts = EDITS[edit]
    world.play(key, asleep).edit(**{part: HERE[part] | fields for part, fields in parts.items()}).settle()
    assert world.rounds[-1].response.desired.resources[key].ready == fnv1.READY_FALSE
    assert not world.ready
    world.parts.clear()
    assert world.settle().ready


def test_image_that_is_about_to_run_does_not_run(world: World) -> None:
    """CloudNativePG names it in status.image before an instance has it. pgDataImageInfo says what runs."""
    before = world.status["database"]["image"]

    def named(cluster: Manifest) -> Manifest:
        return cluster | {"status": cluster["status"] | {"image": cluster["spec"]["imageName"]}}

    world.play("database-cluster", named).edit(database=DATABASE | {"version": 18}).settle()
    after = world.object("database-cluster")["spec"]["imageName"]
    message = f"runs {before}, and not yet {after}"
    assert world.condition("DatabaseReady") == StatusCondition("False", "NotReady", message)
    assert not world.ready


def test_sleep_that_has_not_begun_is_not_called_hibernated(world: World) -> None:
    """Without CloudNativePG's own condition nobody knows that PostgreSQL has stopped."""
    world.play("database-cluster", asleep).edit(database=DATABASE | {"hibernate": True}).settle()
    message = "going to sleep: not begun"
    assert world.condition("DatabaseReady") == StatusCondition("False", "NotReady", message)


def test_an_object_on_its_way_out_is_never_ready(world: World) -> None:
    """Of whatever kind it is, and however healthy its status still looks."""
    for key in sorted(world.keys):
        world.hand_edit(key, leaving("2026-01-01T00:00:00Z")).settle()
        assert world.rounds[-1].response.desired.resources[key].ready == fnv1.READY_FALSE, key
        assert not world.ready, key
        assert world.hand_edit(key, leaving(None)).settle().ready, key


def test_no_app_is_ready_while_one_of_its_objects_is_missing(world: World) -> None:
    """Also where no condition speaks of it: what protects the data counts as much as what serves."""
    for key in sorted(world.keys - {"database-cluster"}):
        desired = world.lose(key).reconcile().response.desired
        assert desired.resources[key].ready == fnv1.READY_FALSE, key
        assert desired.composite.ready == fnv1.READY_FALSE, key
        assert world.settle().ready, key


def leaving(time: str | None) -> Manifest:
    """A patch of an object that is being deleted, or that isn't any more."""
    return {"metadata": {"deletionTimestamp": time}}
