"""Whether a database is backed up by us, and why not."""

from function.app import App
from function.components.database.backup.condition import BACKED_UP
from function.components.database.requested import requested
from function.components.database.server_names import server_name
from function.effective_database import EffectiveDatabase
from function.report import PROGRESSING, Condition


def enabled(app: App) -> bool:
    """Whether we back it up. A Cluster of another maker's only where that is asked for explicitly."""
    database, facts = app.spec.database, app.facts.database
    asked = not facts.adopted or "backup" in requested(app).model_fields_set
    has_store = app.platform.database.object_store is not None and not lacks_plugin(app)
    if database is None or not database.backup.enabled or not asked or facts.has_own_archiver:
        return False
    return has_store and server_name(app, database, facts) is not None


def lacks_plugin(app: App) -> bool:
    """Whether the cluster has no ObjectStores. A Cluster that archives isn't told to stop."""
    return app.facts.backup.missing and app.facts.database.archive is None


def no_backups(app: App, database: EffectiveDatabase) -> Condition:
    """Why there are no backups."""
    if not database.backup.enabled:
        return not_wanted(app, database)
    if app.platform.database.object_store is None:
        message = "database.backup: none is made, the Platform names no database.objectStore"
        return BACKED_UP.false("NoObjectStore", message)
    if lacks_plugin(app):
        message = (
            "database.backup: none is made, the Platform names database.objectStore, but the cluster has no "
            "ObjectStores; install the barman-cloud plugin"
        )
        return BACKED_UP.false("NoPlugin", message)
    if server_name(app, database, app.facts.database) is None:
        message = "database.backup: waits until the Cluster says which PostgreSQL major it runs"
        return BACKED_UP.false(PROGRESSING, message)
    message = (
        "database.backup: the adopted Cluster has none; set database.backup.enabled: true to have it made"
    )
    return BACKED_UP.false("Adopted", message)


def not_wanted(app: App, database: EffectiveDatabase) -> Condition:
    """No backups are wanted. That is fine where the data needn't be retained."""
    if database.deletion_policy != "Retain":
        return BACKED_UP.not_applicable("database.backup.enabled is false")
    store = "" if app.platform.database.object_store else ", and name a database.objectStore in the Platform"
    message = (
        "database.backup: none is made though deletionPolicy is Retain; set database.backup.enabled: "
        f"true{store}"
    )
    return BACKED_UP.false("NotBackedUp", message)
