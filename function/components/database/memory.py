"""Memory of an instance: PostgreSQL's own, so request and limit are the same."""

from typing import TYPE_CHECKING

from function.app import Manifest
from function.fields import size

if TYPE_CHECKING:
    from function.components.database.api import Database


def memory(database: "Database") -> str | None:
    """What is asked as memory: request and limit are the same."""
    return database.resources.requests.memory or database.resources.limits.memory


def same_memory(database: "Database") -> bool:
    """Whether request and limit agree, where both are given."""
    request, limit = database.resources.requests.memory, database.resources.limits.memory
    return not (request and limit) or size(request) == size(limit)


def enough_memory(database: "Database") -> bool:
    """Whether PostgreSQL can start with it."""
    return (asked := memory(database)) is None or size(asked) >= size("128Mi")


def cel_memory(compare: str) -> str:
    """What must be true of each memory that is given, for the API server."""
    given = "has(self.resources) && has(self.resources.{0}) && has(self.resources.{0}.memory)"
    told = f"quantity(string(self.resources.{{0}}.memory)).{compare}"
    return " && ".join(f"(!({given}) || {told})".format(name) for name in ("requests", "limits"))


def quarter(database: "Database") -> int:
    """What PostgreSQL keeps as its cache, in MiB."""
    return int(size(memory(database) or "1Gi")) // 4 // 2**20


def resources(database: "Database") -> Manifest:
    """The resources of an instance."""
    much = memory(database) or "1Gi"
    return database.resources.filled(
        requests={"cpu": "500m", "memory": much}, limits={"cpu": "1", "memory": much}
    )
