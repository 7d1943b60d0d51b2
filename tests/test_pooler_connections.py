"""A pooler never opens so many connections that PostgreSQL refuses one, however many pods it has."""

from typing import Any

import pytest

from tests.refusals import refusal
from tests.simulator import APP, World


def pool_size(pods: int, **parameters: str) -> int:
    """The connections that each pod of a pooler opens at most."""
    database: dict[str, Any] = APP["database"] | {"pooler": {"instances": pods}, "parameters": parameters}
    world = World(APP | {"database": database}).settle()
    return int(world.object("database-pooler")["spec"]["pgbouncer"]["parameters"]["default_pool_size"])


@pytest.mark.parametrize(
    ("pods", "taken", "expected"),
    [
        (2, "100", 20),
        (4, "100", 20),
        (5, "100", 16),
        (20, "100", 4),
        (20, "500", 20),
        (20, "10", 1),
    ],
)
def test_all_pods_together_leave_connections_for_others(pods: int, taken: str, expected: int) -> None:
    """Migrations, jobs and CloudNativePG have a fifth of them."""
    assert pool_size(pods, max_connections=taken) == expected


def test_without_a_word_there_are_a_hundred() -> None:
    """The default of max_connections counts."""
    assert [pool_size(pods) for pods in (1, 4, 8)] == [20, 20, 10]


def test_the_platform_limits_the_pods_of_a_pooler() -> None:
    """As those of every other part. What isn't written isn't limited."""
    limits = {"limits": {"replicas": 2}}
    database = APP["database"] | {"pooler": {"instances": 3}}
    says = "must be at most 2, as the Platform's limits.replicas says, not 3"
    assert refusal(APP | {"database": database}, limits) == f"spec.database.pooler.instances: {says}"
    assert refusal(APP | {"database": APP["database"] | {"pooler": {"instances": 2}}}, limits) == ""
    assert refusal(APP | {"database": APP["database"] | {"pooler": {}}}, {"limits": {"replicas": 1}}) == ""
