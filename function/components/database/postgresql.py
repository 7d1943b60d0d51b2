"""PostgreSQL's configuration, and the resources that it fits."""

from typing import Any

from function.api.memory import memory
from function.api.quantity import size
from function.components.resources import filled
from function.effective_database import EffectiveDatabase
from function.place import Manifest

MEMORY = "1Gi"
"""Default of an instance: 256 MiB of shared_buffers, and 7 MiB for each of 100 connections."""
HIGHLY_AVAILABLE = 3
"""Instances from which a commit waits for one replica.

With two instances there is one replica. While it restarts, no replica can confirm a commit.
"""


def parameters(database: EffectiveDatabase) -> dict[str, str]:
    """PostgreSQL's parameters: the asked ones over our defaults."""
    return {
        # PostgreSQL's own default, stated so that a new major can't change it. Each connection is a process,
        # so an app that needs more should use the pooler.
        "max_connections": "100",
        # Statements that take more than a second are logged: slow queries are the first thing to look for.
        "log_min_duration_statement": "1000",
        **database.parameters,
        # A quarter of the memory, as PostgreSQL's manual advises. Linux caches files in the rest.
        "shared_buffers": f"{int(size(memory(database.resources) or MEMORY)) // 4 // 2**20}MB",
    }


def instance_resources(database: EffectiveDatabase) -> Manifest:
    """The resources of an instance.

    The memory request is the limit: an instance can't use more than it requested, so a node that is short of
    memory evicts others first.
    """
    amount = memory(database.resources) or MEMORY
    return filled(
        database.resources,
        requests={"cpu": "500m", "memory": amount},
        limits={"cpu": "1", "memory": amount},
    )


def synchronous(database: EffectiveDatabase) -> dict[str, Any] | None:
    """With enough replicas a commit waits for one of them.

    `preferred`: while no replica is left, commits don't wait. The app keeps working, but a commit of that
    time is lost if the primary's volume is lost.
    `failoverQuorum`: a replica is promoted only if it surely has every confirmed commit. Otherwise, after the
    loss of the primary and of the replica that confirmed, one is promoted that may lack commits
    (cloudnative-pg, docs/src/failover.md of 1.30). The price: no writes until one of the two is back.
    """
    if database.instances < HIGHLY_AVAILABLE:
        return None
    quorum = True if database.deletion_policy == "Retain" else None
    return {"method": "any", "number": 1, "dataDurability": "preferred", "failoverQuorum": quorum}
