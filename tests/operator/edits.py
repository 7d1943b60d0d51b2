"""Lives of a database made of edits that developers make, drawn by a seed."""

import random
from collections.abc import Callable
from typing import Any

from function.patch import merge
from tests.adopted_clusters import MAKES, made
from tests.simulated.cnpg_instances import Instances
from tests.simulator import APP, STORED, World

SEEDS = range(24)
EDITS = 16
"""How many edits a life has."""
LUCK = 0.3
"""How many upgrades to another major succeed."""
FIRST: dict[str, Any] = APP | {"database": {"storage": "20Gi", "version": 16}}
RESTORED: dict[str, Any] = merge(FIRST, {"database": {"name": "old", "restore": {"app": "other"}}})
REDUCED = {"allowReduction": True}

Values = dict[str, Callable[[random.Random, dict[str, Any]], Any]]
"""Field of the database → its next value, from its present ones."""

FIELDS: Values = {
    "storage": lambda draw, now: f"{int(str(now.get('storage', '20Gi'))[:-2]) + draw.randint(1, 30)}Gi",
    "instances": lambda draw, now: draw.randint(1, 5),
    "version": lambda draw, now: draw.choice([16, 17, 18, None]),
    "parameters": lambda draw, now: {"work_mem": f"{draw.randint(4, 64)}MB", "log_lock_waits": "on"},
    "resources": lambda draw, now: {"limits": {"memory": f"{draw.randint(1, 8)}Gi", "cpu": "2"}},
    "pooler": lambda draw, now: draw.choice([{}, {"instances": 3, "mode": "transaction"}, None]),
    "hibernate": lambda draw, now: draw.choice([True, False, None]),
    "extensions": lambda draw, now: draw.choice([["pg_trgm"], ["pg_trgm", "vector"], None]),
    "backup": lambda draw, now: draw.choice(
        [
            None,
            {"enabled": False} | REDUCED,
            {"retention": f"{draw.randint(1, 90)}d"} | REDUCED,
            {"schedule": f"{draw.randint(0, 59)} 3 * * MON-FRI"},
        ]
    ),
}


def play(seed: int) -> World:
    """A life. A third of them begins with another app's backups, a third with somebody's Cluster."""
    draw = random.Random(seed)  # noqa: S311  # The same lives each time.
    world = World(RESTORED if seed % 3 == 1 else FIRST, STORED)
    if seed % 3 == 2:  # The last third.
        world.apply(made(draw.choice(sorted(MAKES))))
    world.settle()
    world.cnpg.data.setdefault(world.object("database-cluster")["metadata"]["uid"], [])
    for _ in range(EDITS):
        field = draw.choice([*sorted(FIELDS), "version"])  # So that some upgrades are taken back.
        now = world.spec["database"]
        world.parts["database-cluster"] = Instances(upgrades=draw.random() < LUCK)
        world.edit(database=merge(now, {field: FIELDS[field](draw, now)})).settle()
    return world
