"""How a database that was lost or replaced gets its data back, in words."""

from function.app import App
from function.components.database.requested import requested
from function.components.database.server_names import ServerName, parsed, server_name_of


def how_to_recover(app: App) -> str:
    """How a lost database is recovered, where there may be backups."""
    database, facts, backups = app.spec.database, app.facts.database, newest_backups(app)
    if database is None or backups is None:
        return ""
    era = database.era if database.era > facts.era else facts.era + 1
    restore = "{}" if era - 1 == backups.era else f"{{era: {backups.era}}}"
    version = "" if requested(app).version == backups.major else f"database.version: {backups.major}, "
    return f"to recover it from backups, set {version}database.era: {era} and database.restore: {restore}; "


def how_to_recover_instead(app: App) -> str:
    """How an empty Cluster gives way to the backups of the one before it. Its record goes with it, so they
    must be found without: under the platform's era of today."""
    backups = newest_backups(app)
    if backups is None:
        return ""
    now = server_name_of(app.namespace, app.name, app.platform.database.era, backups.era, backups.major)
    if now != backups.of_major(backups.major):
        return ""
    return (
        "; to recover it from backups instead, first commit database.deletionPolicy: Delete, then remove "
        f"database, then add it again with version: {backups.major}, era: {backups.era + 1} and restore: {{}}"
    )


def newest_backups(app: App) -> ServerName | None:
    """The name on record of a database's backups. Its major is that of the last base backup, if that is
    known: an upgrade may be too young to have one."""
    facts = app.facts.database
    recorded = parsed(facts.server_name)
    if recorded is None or app.platform.database.object_store is None:
        return None
    known = [name for name in map(parsed, facts.archives) if name and name.stem == recorded.stem]
    return max(known, key=lambda name: name.major, default=recorded)
