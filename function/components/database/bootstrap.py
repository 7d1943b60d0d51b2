"""How a database came to be: made empty, or recovered. Stated for ever, as it was."""

from function.app import App, Manifest
from function.components.database.api import Database
from function.components.database.backup import origin_store, plugin
from function.components.database.kept import INITDB, ORIGIN, Kept
from function.components.database.origin import origin


def bootstrap(app: App, database: Database, kept: Kept) -> Manifest | None:
    """How the database came to be. Only one method is allowed, so what we didn't state stays unsaid."""
    if came_from := origin(app):
        target = {"targetTime": came_from.time} if came_from.time else None
        owned = {"database": database.name, "owner": database.name}
        return {"recovery": {"source": ORIGIN, "recoveryTarget": target, **owned}}
    if kept.exists:
        return {"initdb": dict(kept.initdb)} if kept.initdb else None
    return {"initdb": dict(zip(INITDB, (database.name, database.name, True, "UTF8"), strict=True))}


def external(app: App) -> list[Manifest] | None:
    """The backups that the database was recovered from."""
    came_from = origin(app)
    if came_from is None:
        return None
    return [{"name": ORIGIN, "plugin": plugin(origin_store(app), came_from.server)}]
