"""Where a database that doesn't exist yet gets its data from."""

from function.app import App, Place
from function.components.database.api import Database
from function.components.database.eras import era_of, server, server_name
from function.components.database.kept import Origin
from function.components.database.slices import Restore


def origin(app: App) -> Origin | None:
    """The backups that the database was or will be recovered from; None: it is made empty.

    A platform that recovers all databases decides before a `restore` that was left in Git: that one
    made the database which is now lost.
    """
    kept, database, platform = app.kept.database, app.spec.database, app.platform.database
    if database is None or kept.exists:
        return kept.origin
    if platform.recover and platform.object_store and database.backup.enabled:
        before = server(app.namespace, app.name, platform.era - 1, database.era)
        return Origin(before, app.namespace)
    return source(app, database, database.restore) if database.restore else None


def source(app: App, database: Database, restore: Restore) -> Origin:
    """The backups that `restore` means. Those of a database that was lost are where they were."""
    namespace, name, era = meant(app, database, restore)
    own = (namespace, name) == (app.namespace, app.name)
    known = app.kept.database.server if own else None
    found = known if known and era_of(known) == era else None
    server_of = found or server(namespace, name, app.platform.database.era, era)
    return Origin(server_of, namespace, restore.time)


def meant(place: Place, database: Database, restore: Restore) -> tuple[str, str, int]:
    """Namespace, app and era of the backups that `restore` means."""
    namespace, app = restore.namespace or place.namespace, restore.app or place.name
    own = (namespace, app) == (place.namespace, place.name)
    return namespace, app, restore.era or (database.era - 1 if own else 1)


def as_json(restore: Restore | None) -> str | None:
    """`restore` as it is asked, for the record."""
    return restore.model_dump_json(by_alias=True, exclude_unset=True) if restore else None


def recovers(app: App) -> bool:
    """Whether a new Cluster would have data, archived under a name that the one before didn't have."""
    database, kept = app.spec.database, app.kept.database
    return (
        database is not None and origin(app) is not None and server_name(app, database, kept) != kept.server
    )


def problems(place: Place, asked: Database) -> list[str]:
    """What keeps a database from being restored as asked."""
    restore, platform = asked.restore, place.platform.database
    if restore is None:
        return []
    namespace, app, era = meant(place, asked, restore)
    found = []
    if platform.object_store is None:
        found.append(
            "spec.database.restore: the Platform names no database.objectStore, so there are no backups"
        )
    if namespace != place.namespace and namespace not in platform.restore_from:
        known = ", ".join(platform.restore_from) or "none"
        found.append(
            f"spec.database.restore.namespace: the platform lets nobody restore from {namespace}; "
            f"besides the app's own it allows: {known}"
        )
    if (namespace, app) == (place.namespace, place.name) and era in (0, asked.era):
        found.append(
            f"spec.database.era: must not be that of the backups to restore, whose place its own would "
            f"take; raise it to {asked.era + 1}"
        )
    return found
