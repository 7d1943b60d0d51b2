"""What is on record of a lost database stays there, whatever is committed while it is lost."""

from typing import Any

import pytest

from tests.simulator import BACKED_UP, STORED, World

DATABASE = BACKED_UP["database"]
RECORD = ("uid", "serverName", "era", "version", "deletionPolicy")
"""Fields of the status from which a lost database is brought back, or is known to be lost."""
LENT = {"database": STORED["database"] | {"restoreFrom": ["sales"]}}
HELD: dict[str, Any] = {
    "version": 17,
    "name": "dash",
    "era": 3,
    "restore": {"app": "crm", "namespace": "sales"},
}


def record(world: World) -> dict[str, Any]:
    """The record now; a field that is missing is None."""
    return {field: world.status.get("database", {}).get(field) for field in RECORD}


@pytest.fixture
def world() -> World:
    """An app that asked for era 3, which was held, and then lost its Cluster."""
    world = World(BACKED_UP, LENT).settle()
    return world.edit(database=DATABASE | {"era": 3}).settle().lose("database-cluster").settle()


def test_every_commit_leaves_the_record_as_it_is(world: World) -> None:
    """The block is taken away, with its backend too, a commit is refused, and the block is put back."""
    before = record(world)
    assert None not in before.values()
    assert before["era"] == 3
    backend = world.spec["backend"]
    for edit in (
        {"database": None},
        {"backend": None},
        {"team": "Not A Label"},
        {"team": "web", "backend": backend},
        {"database": DATABASE | {"era": 3}},
    ):
        world.edit(**edit).settle()
        assert record(world) == before, edit
    assert world.condition("DatabaseReady").reason == "Lost"


def test_record_outlives_a_refusal_with_nothing_in_force(world: World) -> None:
    """Where no spec is in force and nothing exists, the next good commit still finds the database lost."""
    before = record(world)
    world.govern(LENT | {"profiles": {"qa": {"database": {"backup": {"enabled": True}}}}})
    world.edit(environment="qa", database=DATABASE | {"era": 3, "deletionPolicy": "Retain"}).settle()
    for key in sorted(world.keys):
        world.lose(key)
    world.govern(LENT).settle()
    assert world.keys == set()
    assert record(world) == before


def test_restore_that_was_held_is_stale_after_its_block_was_away() -> None:
    """Put back by a revert, it doesn't fill the place of the lost database with another app's rows."""
    world = World(BACKED_UP, LENT).settle()
    world.edit(database=HELD).settle()
    assert "database.restore: not applied" in world.condition("SpecHonored").message
    world.lose("database-cluster").settle().edit(database=None).settle().edit(database=HELD).settle()
    assert world.condition("DatabaseReady").reason == "Lost"
    assert "database-cluster" not in world.keys
