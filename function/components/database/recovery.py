"""Which backups a new database is recovered from."""

from typing import NamedTuple

from function.api.backup import Restore
from function.api.nodeapp import Spec
from function.app import App
from function.components.database.server_names import parsed, server_name, server_name_of, stem_of
from function.database_facts import DatabaseFacts, RecoverySource
from function.effective_database import EffectiveDatabase
from function.place import Place


class Origin(NamedTuple):
    """Whose backups are meant, and of which of its eras."""

    namespace: str
    app: str
    era: int


def recovery_source(app: App) -> RecoverySource | None:
    """The backups that the database was or will be recovered from; None: it is made empty.

    The platform's `recover` wins over a `restore` that is still in Git: that one made the database which is
    now lost.
    """
    facts, database = app.facts.database, app.spec.database
    if database is None or facts.exists:
        return facts.recovered_from
    return source_of_new(app, database, facts)


def source_of_new(place: Place, database: EffectiveDatabase, facts: DatabaseFacts) -> RecoverySource | None:
    """Which backups a database is filled from that is made now."""
    platform = place.platform.database
    meant_now = database.restore if is_meant_now(database, facts) else None
    of_platform = platform.recover and platform.object_store and database.backup.enabled
    if of_platform and not (facts.uid and meant_now):
        own = Origin(place.namespace, place.name, database.era)
        return RecoverySource(archived(place, database, facts, own, platform.era - 1), own.namespace)
    if meant_now is None:
        return None
    origin = meant(place, database.era, meant_now)
    name = archived(place, database, facts, origin, platform.era)
    return RecoverySource(name, origin.namespace, meant_now.time)


def is_meant_now(database: EffectiveDatabase, facts: DatabaseFacts) -> bool:
    """Whether `restore` is meant for the database that is to be made now.

    After the loss of a retained database, only an era above all that were asked for while it existed shows
    that. Any other `restore` in Git made the lost database, or was held.
    """
    return facts.uid is None or facts.policy != "Retain" or database.era > facts.era


def archived(
    place: Place, database: EffectiveDatabase, facts: DatabaseFacts, origin: Origin, platform_era: int
) -> str:
    """The server name of backups of the major in force. Those of a lost database keep the recorded one."""
    recorded, major = parsed(facts.server_name), database.version or 0
    namespace, name, era = origin
    if recorded and recorded.era == era and (namespace, name) == (place.namespace, place.name):
        return recorded.of_major(major)
    return server_name_of(namespace, name, platform_era, era, major)


def meant(place: Place, own_era: int, restore: Restore) -> Origin:
    """Namespace, app and era of the backups that `restore` means, beside a database of `own_era`."""
    namespace, app = restore.namespace or place.namespace, restore.app or place.name
    of_this_app = (namespace, app) == (place.namespace, place.name)
    return Origin(namespace, app, restore.era or (own_era - 1 if of_this_app else 1))


def as_json(restore: Restore | None) -> str | None:
    """`restore` as it is asked, for the record."""
    return restore.model_dump_json(by_alias=True, exclude_unset=True) if restore else None


def recovers(app: App) -> bool:
    """Whether a new Cluster would be filled from backups, and have another server name than the lost one.

    The names are compared without the major: an upgrade is no recovery.
    """
    database, facts = app.spec.database, app.facts.database
    if database is None or recovery_source(app) is None:
        return False
    return stem_of(server_name(app, database, facts)) != stem_of(facts.server_name)


def problems(place: Place, asked: Spec, facts: DatabaseFacts) -> list[str]:
    """Why a database can't be restored as asked, as sentences."""
    database, platform = asked.database, place.platform.database
    if database is None or database.restore is None:
        return []
    restore, messages = database.restore, []
    namespace, app, era = meant(place, database.era, restore)
    if platform.object_store is None:
        messages.append(
            "spec.database.restore: the Platform names no database.objectStore, so there are no backups"
        )
    if namespace != place.namespace and namespace not in platform.restore_from:
        allowed = ", ".join(platform.restore_from) or "none"
        messages.append(
            f"spec.database.restore.namespace: the platform lets nobody restore from {namespace}; "
            f"besides the app's own it allows: {allowed}"
        )
    if (namespace, app) == (place.namespace, place.name) and era in (0, database.era):
        messages.append(
            "spec.database.era: must differ from the era of the backups to restore, because new backups "
            f"would get the same name; raise it to {database.era + 1}"
        )
    recorded = None if facts.exists else parsed(facts.server_name)
    own = recorded and (namespace, app, era) == (place.namespace, place.name, recorded.era)
    if recorded and own and database.version and database.version > recorded.major:
        messages.append(
            f"spec.database.version: must be {recorded.major}, which made the backups under "
            f"{facts.server_name}; raise it once they are restored"
        )
    return messages
