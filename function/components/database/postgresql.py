"""PostgreSQL's configuration, and the memory that it is made for."""

from typing import Any

from function.api.fields import size
from function.api.memory import memory
from function.components.resources import filled
from function.effective import EffectiveDatabase
from function.place import Manifest

MEMORY = "1Gi"
"""Of an instance that doesn't say: 256 MiB of cache, and room for 100 connections."""
HIGHLY_AVAILABLE = 3
"""Instances from which a commit waits for one replica.

With two there is one replica. While it restarts nobody confirms, so the wait would promise too much.
"""


def parameters(database: EffectiveDatabase) -> dict[str, str]:
    """PostgreSQL's parameters: what is asked, over ours."""
    return {
        # PostgreSQL's own default, stated so that a new major can't move it. Each one is a process, so an app
        # that needs more takes the pooler.
        "max_connections": "100",
        # Statements of more than a second are in the log: the first thing that anybody looks for.
        "log_min_duration_statement": "1000",
        **database.parameters,
        # A quarter of the memory, as PostgreSQL's manual advises. Linux caches files in the rest.
        "shared_buffers": f"{int(size(memory(database.resources) or MEMORY)) // 4 // 2**20}MB",
    }


def resources(database: EffectiveDatabase) -> Manifest:
    """The resources of an instance.

    Memory's request is its limit: an instance never uses more than it reserved, so a node that runs short
    of memory evicts others first.
    """
    amount = memory(database.resources) or MEMORY
    return filled(
        database.resources,
        requests={"cpu": "500m", "memory": amount},
        limits={"cpu": "1", "memory": amount},
    )


def synchronous(database: EffectiveDatabase) -> dict[str, Any] | None:
    """With enough replicas a commit waits for one of them.

    `preferred`: never for ever. Where no replica is left, the app goes on instead of hanging.
    Under Retain a replica is promoted only if it surely has every confirmed commit. Otherwise, after the loss
    of the primary and of the replica that confirmed, CloudNativePG would promote one that lacks some
    (cloudnative-pg, docs/src/failover.md of 1.30). The price: after such a double failure nothing takes
    writes until one of the two is back.
    """
    if database.instances < HIGHLY_AVAILABLE:
        return None
    quorum = True if database.deletion_policy == "Retain" else None
    return {"method": "any", "number": 1, "dataDurability": "preferred", "failoverQuorum": quorum}
