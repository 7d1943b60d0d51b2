"""Apps whose databases are backed up, lost and recovered."""

from typing import Any

from tests.clusters import CLUSTER
from tests.simulator import APP, STORED, World

STORE = {"destinationPath": "s3://backups"}
PLATFORM: dict[str, Any] = {"database": {"objectStore": STORE}}
LENT = {"database": STORED["database"] | {"restoreFrom": ["sales"]}}
"""A Platform that lets others restore the backups of a namespace."""


def app(**database: Any) -> dict[str, Any]:
    """An app with this database, of PostgreSQL 17 unless it says."""
    return APP | {"database": {"version": 17} | database}


def era_of_platform(era: int, **more: Any) -> dict[str, Any]:
    """A Platform whose cluster was rebuilt."""
    return {"database": LENT["database"] | {"era": era} | more}


def lost(world: World, remedy: str) -> None:
    """The database is lost, and nothing takes its place; the message says how it is recovered."""
    condition = world.settle().condition("DatabaseReady")
    assert condition.reason == "Lost"
    assert "database-cluster" not in world.keys
    assert f"; to recover it from backups, set {remedy}; to accept the loss" in condition.message


def recovered(world: World, held: int) -> None:
    """The database has its rows, is Ready and backed up."""
    assert len(world.settle().cnpg.rows(CLUSTER)) > held
    assert world.ready
    assert world.condition("BackedUp").status == "True"
    assert world.condition("SpecHonored").status == "True"
