"""CloudNativePG told by hand to do nothing: an edit that it doesn't apply has that as its cause."""

import pytest

from tests.conditions import not_ready
from tests.simulated.operators import asleep
from tests.simulator import APP, World

LOOP = "cnpg.io/reconciliationLoop"
CAUSE = f"; CloudNativePG does nothing, as told by the Cluster's annotation {LOOP}: remove it"


def left_alone(value: str) -> World:
    """An app whose Cluster somebody annotated, after which CloudNativePG writes nothing any more."""
    world = World().settle()
    world.hand_edit("database-cluster", {"metadata": {"annotations": {LOOP: value}}})
    return world.play("database-cluster", asleep)


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        ({"instances": 5}, "3 of 5 instances ready"),
        ({"hibernate": True}, "going to sleep: not begun"),
    ],
    ids=["instances", "hibernate"],
)
def test_the_cause_is_named(edit: dict[str, object], what: str) -> None:
    """What isn't as asked is told with the annotation that keeps it so."""
    world = left_alone("disabled").edit(database=APP["database"] | edit).settle()
    assert world.condition("DatabaseReady") == not_ready(what + CAUSE)


def test_what_runs_as_asked_is_ready() -> None:
    """People disable the loop to work on a database that serves."""
    assert left_alone("disabled").settle().ready


def test_another_value_disables_nothing() -> None:
    """CloudNativePG knows one value only."""
    world = left_alone("off").edit(database=APP["database"] | {"instances": 5}).settle()
    assert world.condition("DatabaseReady") == not_ready("3 of 5 instances ready")
