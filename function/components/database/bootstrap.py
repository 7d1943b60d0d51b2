"""The bootstrap of a Cluster: created empty, or recovered. It is restated for ever, as it was."""

from function.app import App
from function.components.database.backup.objects import plugin, recovery_store
from function.components.database.keys import RECOVERY_CLUSTER
from function.components.database.locales import initdb_of
from function.components.database.recovery import recovery_source
from function.database_facts import DatabaseFacts
from function.effective_database import EffectiveDatabase
from function.place import Manifest


def bootstrap(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> Manifest | None:
    """The method of the bootstrap. CloudNativePG allows only one, so another one than ours isn't stated."""
    if source := recovery_source(app):
        target = {"targetTime": source.time} if source.time else None
        owned = {"database": database.name, "owner": database.name}
        return {"recovery": {"source": RECOVERY_CLUSTER, "recoveryTarget": target, **owned}}
    if facts.exists:
        return {"initdb": dict(facts.initdb)} if facts.initdb else None
    # Checksums: PostgreSQL detects that a disk returns other bytes than were written. UTF8 holds every text
    # of Node. It is CloudNativePG's default, stated so that no release changes it.
    return {
        "initdb": {
            "database": database.name,
            "owner": database.name,
            "dataChecksums": True,
            "encoding": "UTF8",
            **initdb_of(database.locale),
        }
    }


def external_clusters(app: App) -> list[Manifest] | None:
    """The backups that the database was recovered from."""
    source = recovery_source(app)
    if source is None:
        return None
    return [{"name": RECOVERY_CLUSTER, "plugin": plugin(recovery_store(app), source.server_name)}]
