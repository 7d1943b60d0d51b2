"""Drains evict the pods of a part one at a time."""

import pytest

from tests.simulator import APP, World

BACKEND = APP["backend"]


@pytest.mark.parametrize(
    ("change", "platform", "has_budget"),
    [
        ({}, None, True),
        ({"backend": BACKEND | {"replicas": 1}}, None, False),
        ({"backend": BACKEND | {"scaling": {"min": 2, "max": 3}}}, None, True),
        ({"backend": BACKEND | {"scaling": {"min": 1, "max": 3}}}, None, False),
        ({"environment": "dev", "backend": BACKEND | {"replicas": 2}}, None, False),
        ({}, {"profiles": {"prod": {"disruptionBudget": False}}}, False),
    ],
)
def test_a_part_with_two_pods_has_a_budget(
    change: dict[str, object], platform: dict[str, object] | None, *, has_budget: bool
) -> None:
    """With one pod, a budget would block every drain. dev has none."""
    world = World(APP | change, platform).settle()
    assert ("backend-pdb" in world.composed()) is has_budget
    assert world.ready


def test_a_pod_that_is_not_ready_may_always_go() -> None:
    """Else an app that crashes would block the drain of its node."""
    spec = World(APP).settle().object("backend-pdb")["spec"]
    assert (spec["maxUnavailable"], spec["unhealthyPodEvictionPolicy"]) == (1, "AlwaysAllow")
