"""How a database that was lost or replaced gets its data back, in words."""

import json

from function.app import App
from function.components.database.requested import requested
from function.components.database.server_names import ServerName, parsed, server_name_of
from function.database_facts import DatabaseFacts
from function.effective_database import EffectiveDatabase


def how_to_recover(app: App) -> str:
    """How a lost database is recovered, where there may be backups."""
    database, facts, backups = app.spec.database, app.facts.database, newest_backups(app)
    if database is None or backups is None:
        return ""
    era = next_era(database, facts)
    restore = "{}" if era - 1 == backups.era else f"{{era: {backups.era}}}"
    version = "" if requested(app).version == backups.major else f"database.version: {backups.major}, "
    return f"to recover it from backups, set {version}database.era: {era} and database.restore: {restore}; "


def what_to_set_beside(app: App) -> str:
    """What else to write where a new Cluster takes the volumes of a lost one: it would count as another
    database in the archive of that one. Empty if there is no archive, or another era is written already."""
    database, facts = app.spec.database, app.facts.database
    if database is None or newest_backups(app) is None or database.era > facts.era:
        return ""
    return f"; set database.era: {next_era(database, facts)} in the same commit, as its backups begin anew"


def next_era(database: EffectiveDatabase, facts: DatabaseFacts) -> int:
    """The lowest era that nothing was archived under: the one that is asked for, if it is new."""
    return database.era if database.era > facts.era else facts.era + 1


def how_to_recover_instead(app: App) -> str:
    """How an empty Cluster gives way to the backups of the one before it; empty if it can't."""
    values = restoring(app)
    return f"; to recover it from backups instead, {IN_THREE_COMMITS} with {values}" if values else ""


def how_to_begin_anew(app: App) -> str:
    """How a Cluster without volumes gives way to a new one: from its backups if it can, else empty."""
    values = restoring(app)
    if values:
        return f"; to recover it from backups, {IN_THREE_COMMITS} with {values}"
    return f"; to begin with an empty one, {IN_THREE_COMMITS}"


IN_THREE_COMMITS = "first commit database.deletionPolicy: Delete, then remove database, then add it again"


def restoring(app: App) -> str:
    """What to write into a database that is added again, so that its backups fill it; empty if nothing does.

    The record of the Cluster goes with it, so they must be found without: under the platform's era of today.
    """
    backups = newest_backups(app)
    if backups is None:
        return ""
    now = server_name_of(app.namespace, app.name, app.platform.database.era, backups.era, backups.major)
    if now != backups.of_major(backups.major):
        return ""
    return f"version: {backups.major}, era: {backups.era + 1} and restore: {{}}"


def how_to_take_over(app: App) -> str:
    """How this app gets a Cluster that belongs to something else.

    An XR of our kind that isn't this one was left by a former NodeApp of this name, whose finalizer somebody
    took off: no other app's Cluster has the name. To delete it would delete the Cluster. Crossplane binds the
    NodeApp to it again, and refuses that if it belongs to another NodeApp.
    """
    composite, owner = app.composite, app.facts.database.owner or ""
    kind, _, name = owner.partition(" ")
    if not composite.claimed or kind != composite.kind:
        return "; remove it there, or give this app another name"
    reference = {"apiVersion": composite.api_version, "kind": kind, "name": name}
    patch = json.dumps({"spec": {"resourceRef": reference}}, separators=(",", ":"))
    # With its group, as another API may have a kind of this name too, as while apps move to the modern style.
    group, _, _ = composite.api_version.partition("/")
    return (
        ", which a former NodeApp of this name left; to go on with that one, run "
        f"kubectl patch nodeapp.{group} {app.name} -n {app.namespace} --type=merge -p '{patch}', and then "
        f"kubectl delete xnodeapp.{group} {composite.name}"
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
