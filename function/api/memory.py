"""Memory of a PostgreSQL instance: its request is its limit."""

from function.api.model import Rule
from function.api.quantity import size
from function.api.resources import Resources

LEAST = "128Mi"
"""Less is a slip: PostgreSQL's processes and CloudNativePG's instance manager share it."""


def memory(resources: Resources) -> str | None:
    """The memory that is asked for, else None."""
    return resources.requests.memory or resources.limits.memory


def same(resources: Resources) -> bool:
    """Whether request and limit agree, where both are written."""
    request, limit = resources.requests.memory, resources.limits.memory
    return not (request and limit) or size(request) == size(limit)


def enough(resources: Resources) -> bool:
    """Whether the memory, if any is written, is at least LEAST."""
    return (asked := memory(resources)) is None or size(asked) >= size(LEAST)


def cel_of_each(comparison: str) -> str:
    """A comparison for each memory that is written, in CEL."""
    written = "has(self.resources) && has(self.resources.{0}) && has(self.resources.{0}.memory)"
    holds = f"quantity(string(self.resources.{{0}}.memory)).{comparison}"
    return " && ".join(f"(!({written}) || {holds})".format(name) for name in ("requests", "limits"))


RULES = (
    Rule(
        "!has(self.resources) || !has(self.resources.requests) || !has(self.resources.limits) "
        "|| !has(self.resources.requests.memory) || !has(self.resources.limits.memory) "
        "|| quantity(string(self.resources.requests.memory))"
        ".compareTo(quantity(string(self.resources.limits.memory))) == 0",
        lambda database: same(database.resources),
        "resources must have the same memory in requests and limits: write it once, in requests",
    ),
    Rule(
        cel_of_each(f"compareTo(quantity('{LEAST}')) >= 0"),
        lambda database: enough(database.resources),
        f"resources must have at least {LEAST} of memory",
    ),
)
"""Rules of the model Database."""
