"""The database in force: what is asked, the defaults and the holds in one step."""

from function.api.database import Database
from function.api.nodeapp import Spec
from function.components.database.backup.hold import hold_backup
from function.components.database.hold import (
    hold_class,
    hold_era,
    hold_name,
    hold_pooler,
    hold_restore,
    hold_storage,
    hold_version,
)
from function.components.database.locales import hold_locale
from function.components.database.maker import hold_adopted_pooler, hold_image, hold_instances, hold_role
from function.components.database.mistake import corrections
from function.components.database.removal import stays
from function.components.database.requested import last_requested
from function.database_facts import DatabaseFacts
from function.effective_database import EffectiveDatabase
from function.place import Place


def resolve(place: Place, asked: Spec, facts: DatabaseFacts) -> tuple[EffectiveDatabase | None, list[str]]:
    """The database in force, and what is held. A removed one stays as it was last asked for, or goes."""
    if asked.database is not None:
        return database_in_force(place, asked.database, facts)
    last = last_requested(facts)
    if not stays(last, facts):
        return None, []
    retained = {"deletion_policy": "Retain"} if facts.policy == "Retain" else {}
    database, _ = database_in_force(place, last.model_copy(update=retained), facts)
    held = (
        f"database: kept, with its {facts.storage or 'volume'} of data; "
        "to delete it, first commit database.deletionPolicy: Delete, then remove database"
    )
    return database, [held]


def database_in_force(
    place: Place, asked: Database, facts: DatabaseFacts
) -> tuple[EffectiveDatabase, list[str]]:
    """A database as asked, else as it is, else by the defaults; never less than what exists."""
    defaults = place.defaults.database
    name, held_name = hold_name(place, asked, facts)
    version, held_version = hold_version(place, asked, facts)
    storage, held_storage = hold_storage(place, asked, facts)
    storage_class, held_class = hold_class(place, asked, facts)
    held_locale = hold_locale(asked, facts)
    era, held_era = hold_era(asked, facts)
    instances, held_instances = hold_instances(place, asked, facts)
    pooler, held_pooler = hold_adopted_pooler(asked, facts)
    backup, held_backup = hold_backup(place, asked, facts)
    effective = EffectiveDatabase(
        name=name,
        version=version,
        instances=instances,
        storage=storage,
        storage_class=storage_class,
        resources=asked.resources,
        parameters=asked.parameters,
        extensions=asked.extensions,
        backup=backup,
        era=era,
        restore=asked.restore,
        pooler=pooler,
        allow_from=asked.allow_from,
        hibernate=asked.hibernate,
        locale=asked.locale,
        deletion_policy=asked.deletion_policy
        or ("Retain" if facts.policy == "Retain" else defaults.deletion_policy),
    )
    if corrections(place, asked, effective, facts):
        # It is made anew, so nothing of this stays held.
        held_name = held_version = held_storage = held_class = held_locale = []
    held = [
        *held_name,
        *held_version,
        *hold_image(place, asked, facts),
        *held_instances,
        *held_storage,
        *held_class,
        *held_locale,
        *held_era,
        *held_backup,
        *hold_restore(asked, facts),
        *hold_pooler(asked, facts),
        *held_pooler,
        *hold_role(place, asked, facts),
    ]
    return effective, held
