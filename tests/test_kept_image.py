"""A database keeps the very image that it runs, minor version included, until the Platform names another."""

from collections.abc import Callable
from unittest import mock

import pytest

from function.api.platform import IMAGES
from tests.simulated.operators import failing_upgrade
from tests.simulator import APP, World

OLDER = "ghcr.io/cloudnative-pg/postgresql:17.2-standard-trixie"
DATABASE = APP["database"]


def failed_upgrade(world: World) -> World:
    """An upgrade that fails, and is taken back."""
    world.play("database-cluster", failing_upgrade).edit(database=DATABASE | {"version": 18}).settle()
    world.parts.clear()
    return world.ask(APP)


WAYS: dict[str, Callable[[World], World]] = {
    "an upgrade that failed": failed_upgrade,
    "a new release": lambda world: world.upgrade({17: "ghcr.io/cloudnative-pg/postgresql:17.99"}),
    "a version that isn't written any more": lambda world: world.edit(database={"storage": "20Gi"}),
    "a removed block": lambda world: world.edit(database=None),
    "a lost status": lambda world: world.wipe_status(),
    "a restored cluster": lambda world: world.restore(),
}


@pytest.mark.parametrize("way", WAYS)
def test_image_that_runs_is_kept(way: str) -> None:
    """Whatever happens meanwhile: another image, even of the same major, restarts it."""
    with mock.patch.dict(IMAGES):
        world = World(APP, {"database": {"images": {"17": OLDER}}}).settle().govern({}).settle()
        WAYS[way](world).settle()
    assert world.object("database-cluster")["spec"]["imageName"] == OLDER
    assert world.condition("DatabaseReady").status == "True"
