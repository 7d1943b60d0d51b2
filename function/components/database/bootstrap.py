"""How a database came to be: made empty, or recovered. Stated for ever, as it was."""

from function.app import App
from function.components.database.backup.objects import plugin, recovery_store
from function.components.database.keys import INITDB, RECOVERY_CLUSTER
from function.components.database.recovery import recovery_source
from function.effective import EffectiveDatabase
from function.facts import DatabaseFacts
from function.place import Manifest


def bootstrap(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> Manifest | None:
    """How the database came to be. Only one method is allowed, so what we didn't state stays unsaid."""
    if source := recovery_source(app):
        target = {"targetTime": source.time} if source.time else None
        owned = {"database": database.name, "owner": database.name}
        return {"recovery": {"source": RECOVERY_CLUSTER, "recoveryTarget": target, **owned}}
    if facts.exists:
        return {"initdb": dict(facts.initdb)} if facts.initdb else None
    # Checksums: a disk that returns other bytes than were written is found out. UTF8: what Node speaks, and
    # no locale of an image can change it.
    return {"initdb": dict(zip(INITDB, (database.name, database.name, True, "UTF8"), strict=True))}


def external_clusters(app: App) -> list[Manifest] | None:
    """The backups that the database was recovered from."""
    source = recovery_source(app)
    if source is None:
        return None
    return [{"name": RECOVERY_CLUSTER, "plugin": plugin(recovery_store(app), source.server_name)}]
