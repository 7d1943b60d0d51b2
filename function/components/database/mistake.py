"""A Cluster that was made by a mistake in the first commit. While it has no data, it is made anew.

CloudNativePG can't correct it: it changes no volume that isn't bound, no bootstrap, and its webhook refuses
a smaller size.
"""

import json
from dataclasses import replace
from typing import Any

from function.api.database import Database
from function.api.quantity import is_quantity, size
from function.app import App
from function.components.database.hold import new_name
from function.components.database.recovery import source_of_new
from function.components.database.requested import requested
from function.components.database.storage import wanted
from function.database_facts import DatabaseFacts, RecoverySource
from function.effective_database import EffectiveDatabase
from function.place import Place


def made_with(database: EffectiveDatabase, facts: DatabaseFacts) -> str | None:
    """The record of what is decided when a Cluster is made. It never changes.

    The Cluster's own fields can't tell a mistake: a webhook may have changed them, and then the Cluster would
    be made anew for ever.
    """
    if facts.exists:
        return facts.made_with
    decided = (database.name, database.version, database.storage, database.storage_class)
    return json.dumps(dict(zip(DECIDED, decided, strict=True)), sort_keys=True)


DECIDED = ("name", "version", "storage", "storageClass")
"""Fields of the database that can't be taken back once the Cluster is made."""


def corrections(
    place: Place, asked: Database, database: EffectiveDatabase, facts: DatabaseFacts
) -> list[str]:
    """What a Cluster without data must be made anew for, as "storageClass: fast"; empty: it stays.

    `database`: the one in force, which is as the Cluster was made. The new Cluster must begin like the first
    one: empty, or with the same backups.
    """
    made = read(facts.made_with) if facts.empty else {}
    if not made:
        return []
    new: dict[str, Any] = {
        "name": new_name(place, asked),
        "version": asked.version or made["version"],
        "storage": wanted(place, asked, facts),
        "storageClass": asked.storage_class or place.platform.database.storage_class,
    }
    new_and_made = ((field, as_compared(field, new), as_compared(field, made)) for field in DECIDED)
    differ = [field for field, now, then in new_and_made if now != then]
    begins = replace(database, name=new["name"], version=new["version"])
    unrecorded = replace(facts, state="absent", uid=None, server_name=None)
    if not begins_alike(source_of_new(place, begins, unrecorded), facts.recovered_from):
        return []
    return [f"{field}: {new[field] or 'the default'}" for field in differ]


def read(record: str | None) -> dict[str, Any]:
    """The record of what a Cluster was made with. Empty if it can't be read."""
    try:
        made = json.loads(record or "")
    except ValueError:
        return {}
    return made if isinstance(made, dict) and made.keys() == set(DECIDED) else {}


def as_compared(field: str, values: dict[str, Any]) -> Any:
    """A value so that it equals those that mean the same."""
    value = values[field]
    return size(str(value)) if field == "storage" and is_quantity(str(value)) else value


def begins_alike(new: RecoverySource | None, now: RecoverySource | None) -> bool:
    """Whether two Clusters are filled from the same backups, or both from none."""
    if new is None or now is None:
        return new is now
    return replace(new, configuration=None) == replace(now, configuration=None)


def mistakes(app: App) -> list[str]:
    """What the Cluster of an app must be made anew for."""
    database = app.spec.database
    if database is None or app.asked.database is None:
        return []
    return corrections(app, requested(app), database, app.facts.database)
