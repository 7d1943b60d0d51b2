"""Holds: the database in force is never less than the one that exists."""

import pydantic

from function.app import App, Place
from function.components.database.api import Database
from function.components.database.eras import hold_era
from function.components.database.kept import Kept
from function.components.database.origin import as_json
from function.fields import is_quantity, size

OLDEST_TARGET = 16
"""CloudNativePG upgrades in place only to this major or a newer one."""


def resolve(place: Place, asked: Database | None, kept: Kept) -> tuple[Database | None, list[str]]:
    """The database in force, and what is held, in words. One that was removed stays as last asked."""
    if asked is not None:
        return in_force(place, asked, kept)
    last = recorded(kept)
    if not kept.exists or (last.deletion_policy == "Delete" and kept.policy != "Retain"):
        return None, []
    retained = {"deletion_policy": "Retain"} if kept.policy == "Retain" else {}
    database, _ = in_force(place, last.model_copy(update=retained), kept)
    held = (
        f"database: kept, with its {kept.storage or 'volume'} of data; "
        "to delete it, first commit database.deletionPolicy: Delete, then remove database"
    )
    return database, [held]


def in_force(place: Place, asked: Database, kept: Kept) -> tuple[Database, list[str]]:
    """A database as asked, else as kept, else by profile; never less than what exists."""
    name, held_name = hold_name(place, asked, kept)
    version, held_version = hold_version(place, asked, kept)
    storage, held_storage = hold_storage(place, asked, kept)
    class_, held_class = hold_class(place, asked, kept)
    era, held_era = hold_era(asked, kept)
    update = {
        "instances": asked.instances or (kept.instances if kept.adopted else None),
        "name": name,
        "version": version,
        "storage": storage,
        "storage_class": class_,
        "era": era,
        "backup": asked.backup.over(place.profile.database.backup),
        "deletion_policy": asked.deletion_policy or ("Retain" if kept.policy == "Retain" else None),
    }
    full = asked.model_copy(update=update).over(place.profile.database)
    held_restore = hold_restore(asked, kept)
    return full, [*held_name, *held_version, *held_storage, *held_class, *held_era, *held_restore]


def asked_for(app: App) -> Database:
    """The database as a developer wrote it, or wrote it last."""
    return app.asked.database or recorded(app.kept.database)


def recorded(kept: Kept) -> Database:
    """The database as last asked. Where that can't be read the facts still hold, and the instances stay."""
    try:
        return Database.model_validate_json(kept.stanza or "")
    except pydantic.ValidationError:
        return Database().model_copy(update={"instances": kept.instances})


def hold_name(place: Place, asked: Database, kept: Kept) -> tuple[str, list[str]]:
    """A database keeps its name."""
    if kept.exists and kept.name:
        renamed = asked.name and asked.name != kept.name
        held = f"database.name: kept {kept.name}, a database can't be renamed to {asked.name}"
        return kept.name, [held] if renamed else []
    return asked.name or place.name.replace("-", "_"), []


def hold_version(place: Place, asked: Database, kept: Kept) -> tuple[int | None, list[str]]:
    """A major only rises, and only as CloudNativePG can. None: the Cluster doesn't say what it runs."""
    if not kept.exists:
        return asked.version or place.platform.database.newest(), []
    if asked.version is None or asked.version == kept.version:
        return kept.version, []
    why = None
    if kept.catalog:
        why = f"its image comes from the catalog {kept.catalog}; change it there"
    elif kept.version is None:
        why = "the Cluster doesn't say yet what it runs"
    elif asked.version < kept.version:
        why = f"PostgreSQL can't go back to {asked.version}"
    elif asked.version < OLDEST_TARGET:
        why = f"CloudNativePG can't upgrade it to {asked.version}, only to {OLDEST_TARGET} or newer"
    return (
        (kept.version, [f"database.version: kept {kept.version or 'as it is'}, {why}"])
        if why
        else (asked.version, [])
    )


def hold_storage(place: Place, asked: Database, kept: Kept) -> tuple[str, list[str]]:
    """A volume only grows. What isn't asked for in words may be larger without a word."""
    as_is = kept.storage if kept.adopted else None
    want: str = asked.storage or as_is or place.profile.database.storage
    if not (kept.exists and kept.storage and is_quantity(kept.storage)) or size(kept.storage) <= size(want):
        return want, []
    held = f"database.storage: kept {kept.storage}, a volume can't shrink to {asked.storage}"
    return kept.storage, [held] if asked.storage else []


def hold_class(place: Place, asked: Database, kept: Kept) -> tuple[str | None, list[str]]:
    """A volume keeps its StorageClass."""
    if not kept.exists:
        return asked.storage_class or place.platform.database.storage_class, []
    moved = asked.storage_class and asked.storage_class != kept.storage_class
    old = kept.storage_class or "the default"
    held = f"database.storageClass: kept {old}, a volume can't move to {asked.storage_class}"
    return kept.storage_class, [held] if moved else []


def hold_restore(asked: Database, kept: Kept) -> list[str]:
    """A database that exists is never filled from backups. What it was made with may stay written."""
    if asked.restore is None or not kept.exists or as_json(asked.restore) == kept.restore:
        return []
    held = (
        "database.restore: not applied, the database exists; restore into an app that has none yet, or "
        "delete this one first"
    )
    return [held]
