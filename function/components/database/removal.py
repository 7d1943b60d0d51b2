"""A database that is no longer asked for: does it stay?

A table decides, and nothing else does. The first row that fits counts.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from function.api.database import Database
from function.components.database.situations import always
from function.database_facts import DatabaseFacts, State


class Removed(NamedTuple):
    """A row of the table."""

    states: tuple[State, ...]
    when: Callable[[Database, DatabaseFacts], bool]
    """Takes the database as last asked."""
    then: Literal["keep", "drop"]


REMOVED = (
    # A Retain on record outlives every edit of the record itself.
    Removed(("composed", "found"), lambda last, facts: facts.policy == "Retain", "keep"),
    # Delete was committed first, and then the database was removed: two deliberate commits.
    Removed(("composed", "found"), lambda last, facts: last.deletion_policy == "Delete", "drop"),
    # A profile's Delete lets the NodeApp be deleted. It doesn't say that this edit may.
    Removed(("composed", "found"), always, "keep"),
    # There is nothing to keep. A record stays recorded.
    Removed(("not_ours", "leaving", "absent", "unanswered"), always, "drop"),
)


def stays(last: Database, facts: DatabaseFacts) -> bool:
    """Whether a database that is no longer asked for stays. `last`: as it was last asked for."""
    row = next(row for row in REMOVED if facts.state in row.states and row.when(last, facts))
    return row.then == "keep"
