"""The component of the database. A Cluster is looked up before it is composed, so none is made by mistake."""

from collections.abc import Sequence
from dataclasses import replace

from function.api.status import DatabaseStatus, Status
from function.app import App, Bound, Component, Lookup, Part, absent
from function.components import optional
from function.components.database.cluster import cluster
from function.components.database.extensions import extensions, extensions_problem
from function.components.database.health import cluster_problem
from function.components.database.keys import CLUSTER, COMPONENT, EXTENSIONS, POOLER, VOLUME
from function.components.database.lifecycle import READY, row_condition, row_in_force
from function.components.database.network import network_policy
from function.components.database.observed import read
from function.components.database.pooler import pooler_problem, poolers
from function.components.database.problems import problems, tolerated
from function.components.database.recovery import recovery_source
from function.components.database.remedies import how_to_begin_anew
from function.components.database.requested import requested
from function.components.database.resolve import resolve
from function.components.database.status import constant_status, report
from function.components.database.storage import kept, wanted
from function.components.database.volume import volume_lookup
from function.database_facts import DatabaseFacts
from function.effective_database import EffectiveDatabase
from function.place import Manifest
from function.report import Event, Report


def build(app: App) -> Part:
    """The Cluster and its belongings. A Cluster that isn't composed is looked up, and desired only if the
    result allows it."""
    facts, database = app.facts.database, app.spec.database
    lookups = {} if facts.state == "composed" else cluster_lookups(app)
    if not (facts.state == "composed" and facts.started):
        lookups |= {VOLUME: volume_lookup(app)}
    if database is None:
        part = remembered(facts) if facts.uid and not facts.exists else absent(READY)
        return replace(part, lookups=lookups if facts.uid else {})
    row, hibernate = row_in_force(app), bool(database.hibernate)
    return Part(
        resources=({CLUSTER: cluster(app, database, facts)} if row.then == "compose" else {})
        | belongings(app, database, facts),
        report=Bound(
            report,
            constant_status(app, database, facts),
            row_condition(app, row),
            "Hibernated" if hibernate else "Healthy",
            adopted(app, facts),
        ),
        checks={
            CLUSTER: Bound(
                cluster_problem,
                recovery_source(app),
                wanted(app, requested(app), facts),
                app.platform.limits.storage,
                how_to_begin_anew(app),
                hibernate=hibernate,
            ),
            POOLER: pooler_problem,
            EXTENSIONS: Bound(extensions_problem, asleep=hibernate),
        },
        lookups=lookups,
        kept=kept(app, database.storage),
    )


def belongings(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> dict[str, Manifest]:
    """The objects around the Cluster. An adopted one gets no NetworkPolicy: others may connect to it.

    The extensions' object can't take another database's name: after a Cluster that had one it is left out
    until it is gone.
    """
    if facts.state == "not_ours" or facts.api.missing:
        return {}
    named_alike = facts.extended in (None, database.name)
    return {
        **({} if facts.adopted else {"database-networkpolicy": network_policy(app, database.allow_from)}),
        **poolers(app, database, facts),
        **({EXTENSIONS: extensions(app, database)} if database.extensions and named_alike else {}),
    }


def cluster_lookups(app: App) -> dict[str, Lookup]:
    """The Cluster of this app's name, whoever made it. Applied unseen, it would change size and version.

    Whether the cluster has CloudNativePG is asked before it: to look up a kind that isn't there fails the
    whole call, so nothing of the app would be applied.
    """
    facts = app.facts.database
    cluster = Lookup("postgresql.cnpg.io/v1", "Cluster", app.named(COMPONENT), app.namespace)
    asked = optional.lookups(optional.CLOUDNATIVE_PG, facts.api)
    return asked | ({CLUSTER: cluster} if facts.api.usable else {})


def adopted(app: App, facts: DatabaseFacts) -> Sequence[Event]:
    """The event of the adoption of an existing Cluster."""
    if facts.state != "found":
        return []
    content = f"database {facts.name or '?'}, PostgreSQL {facts.version or '?'}, {facts.storage or '?'}"
    return [Event("Adopted", f"adopted the existing Cluster {app.named(COMPONENT)} as it is: {content}")]


def remembered(facts: DatabaseFacts) -> Part:
    """No database is in force, but one is recorded. Asked for again, it counts as lost, not as new."""
    record = DatabaseStatus(
        uid=facts.uid,
        server_name=facts.server_name,
        era=facts.era or None,
        version=facts.version,
        deletion_policy=facts.policy,
    )
    return Part(report=lambda observed, why: Report([READY.not_applicable()], Status(database=record)))


def idle(facts: DatabaseFacts) -> Part:
    """A recorded database stays recorded."""
    return remembered(facts) if facts.uid else absent(READY)


DATABASE = Component(
    name="database",
    condition=READY,
    read=read,
    problems=problems,
    tolerated=tolerated,
    resolve=resolve,
    build=build,
    idle=idle,
)
