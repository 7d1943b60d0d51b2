"""Holds: a field of the database in force is never less than what exists."""

from function.api.database import Database
from function.api.quantity import size
from function.components.database.recovery import as_json
from function.components.database.server_names import parsed, server_name_of
from function.components.database.storage import in_between, is_slip, present, wanted
from function.database_facts import DatabaseFacts
from function.place import Place

OLDEST_TARGET = 16
"""CloudNativePG's webhook refuses an upgrade in place to an older major."""


def hold_name(place: Place, asked: Database, facts: DatabaseFacts) -> tuple[str, list[str]]:
    """A database keeps its name."""
    if facts.exists and facts.name:
        renamed = asked.name and asked.name != facts.name
        held = f"database.name: kept {facts.name}, a database can't be renamed to {asked.name}"
        return facts.name, [held] if renamed else []
    return new_name(place, asked), []


def new_name(place: Place, asked: Database) -> str:
    """The name of a new database, and of its owner."""
    return asked.name or place.name.replace("-", "_")


def hold_version(place: Place, asked: Database, facts: DatabaseFacts) -> tuple[int | None, list[str]]:
    """A major only rises, if CloudNativePG can upgrade to it. None: the Cluster doesn't show what it runs.

    A database that replaces a lost one gets the recorded major, so that its backups can fill it.
    """
    if not facts.exists:
        return asked.version or facts.version or place.platform.database.newest(), []
    if asked.version is None or asked.version == facts.version:
        return facts.version, []
    why = None
    if facts.catalog:
        why = f"its image comes from the catalog {facts.catalog}; change it there"
    elif facts.maker.replica:
        why = "it is a replica cluster; CloudNativePG upgrades only the Cluster that it follows"
    elif facts.version is None:
        why = "the Cluster doesn't say yet what it runs"
    elif asked.version < facts.version:
        why = f"PostgreSQL can't go back to {asked.version}"
    elif asked.version < OLDEST_TARGET:
        why = f"CloudNativePG can't upgrade it to {asked.version}, only to {OLDEST_TARGET} or newer"
    elif (archive := next_archive(place, asked, facts)) in facts.archives:
        why = f"{archive} holds another database's backups, which it would overwrite; raise database.era too"
    return (
        (facts.version, [f"database.version: kept {facts.version or 'as it is'}, {why}"])
        if why
        else (asked.version, [])
    )


def next_archive(place: Place, asked: Database, facts: DatabaseFacts) -> str | None:
    """Where an upgraded database would archive: nothing checks that this is empty, as it is for a new one."""
    now = parsed(facts.server_name)
    if now is None or asked.version is None:
        return None
    if asked.era <= now.era:
        return now.of_major(asked.version)
    return server_name_of(place.namespace, place.name, place.platform.database.era, asked.era, asked.version)


def hold_storage(place: Place, asked: Database, facts: DatabaseFacts) -> tuple[str, list[str]]:
    """A volume only grows. If no size was written, keeping a larger one isn't reported.

    A slip in the spec is refused. A slip in a profile, or on an adopted Cluster, is held.
    """
    want, kept = wanted(place, asked, facts), present(facts)
    if kept is None or size(kept) == size(want):
        return want, []
    if size(kept) > size(want):
        held = f"database.storage: kept {kept}, a volume can't shrink to {asked.storage}"
        return kept, [held] if asked.storage else []
    if is_slip(kept, want):
        between = f"ask for a size in between first, such as {in_between(place, kept)}"
        return kept, [f"database.storage: kept {kept}, {want} is more than ten times as much; {between}"]
    if facts.disk_full:
        how = "CloudNativePG doesn't grow full volumes; DatabaseReady says how to"
        return kept, [f"database.storage: kept {kept} and not yet {want}, {how}"]
    return want, []


def hold_class(place: Place, asked: Database, facts: DatabaseFacts) -> tuple[str | None, list[str]]:
    """A volume keeps its StorageClass."""
    if not facts.exists:
        return asked.storage_class or place.platform.database.storage_class, []
    moved = asked.storage_class and asked.storage_class != facts.storage_class
    old = facts.storage_class or "the default"
    held = f"database.storageClass: kept {old}, a volume can't move to {asked.storage_class}"
    return facts.storage_class, [held] if moved else []


def hold_era(asked: Database, facts: DatabaseFacts) -> tuple[int, list[str]]:
    """The era can't change once the archive holds this database's backups. Until then it may rise, and
    when another major begins another archive.

    So a database can leave an archive that is another database's. A Cluster that replaced a lost one can't,
    until the loss is accepted: with another era it would count as recovered.
    """
    now = parsed(facts.server_name) if facts.exists else None
    if now is None or asked.era == now.era:
        return asked.era, []
    kept = facts.has_backups and facts.version in (None, now.major)
    if asked.era > now.era and not kept and not facts.replaces:
        return asked.era, []
    held = f"database.era: kept {now.era}, its backups are under {facts.server_name}"
    return now.era, [held] if "era" in asked.model_fields_set else []


def hold_pooler(asked: Database, facts: DatabaseFacts) -> list[str]:
    """A Pooler that exists goes only with its Cluster."""
    if asked.pooler or not facts.pool_mode:
        return []
    held = (
        "database.pooler: kept without pods, as CloudNativePG can't delete a Pooler before its Cluster; "
        "the app connects directly"
    )
    return [held]


def hold_restore(asked: Database, facts: DatabaseFacts) -> list[str]:
    """A database that exists is never filled from backups. The `restore` that made it may stay written."""
    if asked.restore is None or not facts.exists or as_json(asked.restore) == facts.restore:
        return []
    held = (
        "database.restore: not applied, the database exists; restore into an app that has none yet, or "
        "first commit database.deletionPolicy: Delete, then remove database, then add it with restore"
    )
    return [held]
