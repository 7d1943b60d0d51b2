"""Whether the WAL that parameters let PostgreSQL keep has room on the volume."""

from collections.abc import Iterator

from function.api.database import Database
from function.api.quantity import size
from function.components.database.setting_values import amount
from function.components.database.settings import settings
from function.components.database.storage import present, wanted
from function.database_facts import DatabaseFacts
from function.place import Place

MEGABYTE = 2**20
KEPT = ("max_wal_size", "wal_keep_size")
"""Parameters in MB: how much WAL there is between two checkpoints, and how much more is kept for replicas."""


def too_much_wal(place: Place, asked: Database, facts: DatabaseFacts) -> Iterator[str]:
    """Why parameters are refused: WAL would fill the volume, and a full volume stops the database.

    A Cluster of another maker may have a volume of its own for WAL.
    """
    written = {name: asked.parameters[name] for name in KEPT if name in asked.parameters}
    amounts = [amount(settings()[name][-1], value) or 0 for name, value in written.items()]
    want, now = wanted(place, asked, facts), present(facts)
    volume = now if now and size(now) > size(want) else want
    if not facts.adopted and sum(amounts) * MEGABYTE >= size(volume):
        asked_for = " and ".join(f"{name} of {value}" for name, value in written.items())
        why = f"{asked_for} would fill a volume of {volume}, which has the data too"
        yield f"spec.database.parameters: {why}; write less, or more database.storage"
