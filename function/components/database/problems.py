"""Why a database is refused as it is asked for."""

from function.api.database import RESERVES, Database, is_reserved
from function.api.nodeapp import Spec
from function.components import access, policy
from function.components.database import recovery, storage
from function.components.database.extension_rights import unallowed_extensions
from function.components.database.hold import new_name
from function.components.database.keys import COMPONENT
from function.components.database.known_extensions import unknown_extensions
from function.components.database.locales import locale_problems
from function.components.database.unknown_parameters import wrong_parameters
from function.components.database.wal_room import too_much_wal
from function.database_facts import DatabaseFacts
from function.place import Place

ALWAYS = "whose backend, workers and jobs always may, and whose frontend asks the backend"
"""Which parts of an app reach its database, and how the other one gets at the data."""


def problems(place: Place, asked: Spec, facts: DatabaseFacts) -> list[str]:
    """Sentences that begin with the field's path."""
    if asked.database is None:
        return []
    unknown = unknown_extensions(place, asked.database, facts)
    pooler = asked.database.pooler
    pods = pooler.instances if pooler and "instances" in pooler.model_fields_set else None
    return [
        *name_problems(place, asked.database, facts),
        *recovery.problems(place, asked, facts),
        *policy.above(place, f"{COMPONENT}.instances", "instances", asked.database.instances),
        *policy.above(place, f"{COMPONENT}.pooler.instances", "replicas", pods),
        *policy.of_resources(place, COMPONENT, asked.database.resources),
        *storage.problems(place, asked.database, facts),
        *locale_problems(place, asked.database, facts),
        *(wrong_parameters(place, asked.database, facts) or too_much_wal(place, asked.database, facts)),
        *(unknown or unallowed_extensions(place, asked.database)),
        *access.problems(place, COMPONENT, asked.database.allow_from, ALWAYS),
    ]


def name_problems(place: Place, asked: Database, facts: DatabaseFacts) -> list[str]:
    """A new database has the app's name, where none is written: CEL doesn't see that one."""
    name = new_name(place, asked)
    if facts.exists or not is_reserved(name):
        return []
    return [f"spec.{COMPONENT}.name: must be written: the app's own would make it {name}, {RESERVES}"]


def tolerated(place: Place, asked: Spec, facts: DatabaseFacts) -> list[str]:
    """What stays although it may not be asked for."""
    return storage.tolerated(place, asked.database, facts) if asked.database else []
