"""The database: looked up before it is made, never made anew by accident."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from function.api.status import DatabaseStatus, Status
from function.app import App, Component, Lookup, Observed, Part, absent
from function.components.database.backup.condition import times
from function.components.database.client import PORT, host, secret
from function.components.database.cluster import cluster
from function.components.database.extensions import created, extensions
from function.components.database.health import healthy
from function.components.database.keys import CLUSTER, COMPONENT
from function.components.database.lifecycle import READY, condition, in_force
from function.components.database.network import network_policy
from function.components.database.observed import read
from function.components.database.pooler import pooler, pooling
from function.components.database.recovery import problems, recovery_source
from function.components.database.requested import requested
from function.components.database.resolve import resolve
from function.effective import EffectiveDatabase
from function.facts import DatabaseFacts
from function.place import Manifest
from function.read import at, number, text
from function.report import Condition, Event, Report, Why


def build(app: App) -> Part:
    """The Cluster and what belongs to it. While it isn't composed it is looked up, and desired only once
    the answer allows it."""
    facts, database = app.facts.database, app.spec.database
    lookups = {} if facts.state == "composed" else {CLUSTER: lookup(app)}
    if database is None:
        part = remembered(facts) if facts.uid and not facts.exists else absent(READY)
        return replace(part, lookups=lookups if facts.uid else {})
    row, hibernate = in_force(app), bool(database.hibernate)
    return Part(
        resources=({CLUSTER: cluster(app, database, facts)} if row.then == "compose" else {})
        | belongings(app, database, facts),
        report=partial(
            report,
            constant_status(app, database, facts),
            condition(app, row),
            "Hibernated" if hibernate else "Healthy",
            adopted(app, facts),
        ),
        checks={
            CLUSTER: partial(healthy, recovery_source(app), hibernate=hibernate),
            "database-pooler": pooling,
            "database-extensions": partial(created, asleep=hibernate),
        },
        lookups=lookups,
    )


def belongings(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> dict[str, Manifest]:
    """What belongs to the Cluster. An adopted one gets no policy: others may use it."""
    if facts.state == "not_ours":
        return {}
    asleep = bool(database.hibernate)
    return {
        **({} if facts.adopted else {"database-networkpolicy": network_policy(app)}),
        **({"database-pooler": pooler(app, database.pooler, asleep=asleep)} if database.pooler else {}),
        **({"database-extensions": extensions(app, database)} if database.extensions else {}),
    }


def constant_status(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> DatabaseStatus:
    """What the status says of the database that doesn't change from call to call."""
    keeps_record = facts.exists or facts.policy == "Retain"
    return DatabaseStatus(
        host=host(app),
        port=PORT,
        name=database.name,
        secret=secret(app),
        storage=database.storage,
        version=facts.version or database.version,
        instances=database.instances,
        uid=facts.replaces or (facts.uid if keeps_record else None),
        server_name=facts.server_name,
        era=max(facts.era, requested(app).era if facts.exists else 0) or None,
        deletion_policy=database.deletion_policy,
    )


def lookup(app: App) -> Lookup:
    """The Cluster of this app's name, whoever made it. Applying would seize it with our size and version."""
    return Lookup("postgresql.cnpg.io/v1", "Cluster", app.named(COMPONENT), app.namespace)


def adopted(app: App, facts: DatabaseFacts) -> Sequence[Event]:
    """What is said once of a Cluster that was there already."""
    if facts.state != "found":
        return []
    what = f"database {facts.name or '?'}, PostgreSQL {facts.version or '?'}, {facts.storage or '?'}"
    return [Event("Adopted", f"adopted the existing Cluster {app.named(COMPONENT)} as it is: {what}")]


def remembered(facts: DatabaseFacts) -> Part:
    """No database is in force, but one is on record: asked for again it counts as lost, not as new."""
    record = DatabaseStatus(
        uid=facts.uid,
        server_name=facts.server_name,
        era=facts.era or None,
        version=facts.version,
        deletion_policy=facts.policy,
    )
    return Part(report=lambda observed, why: Report([READY.not_applicable()], Status(database=record)))


def idle(facts: DatabaseFacts) -> Part:
    """A database on record stays on record."""
    return remembered(facts) if facts.uid else absent(READY)


def report(
    constant: DatabaseStatus,
    of_lifecycle: Condition | None,
    good: str,
    events: Sequence[Event],
    observed: Observed,
    why: Why,
) -> Report:
    """How the Cluster is, and how to reach it. `good`: the reason while all is well."""
    cluster = at(observed.composed.get(CLUSTER), "status")
    now = DatabaseStatus(
        phase=text(cluster, "phase"),
        image=text(cluster, "image"),
        ready=number(cluster, "readyInstances"),
        primary=text(cluster, "currentPrimary"),
        backup=times(constant.server_name, observed),
    )
    status = Status(database=constant.joined(now))
    return Report([of_lifecycle or READY.of_objects(why, good)], status, events)


DATABASE = Component(
    name="database",
    condition=READY,
    read=read,
    problems=problems,
    resolve=resolve,
    build=build,
    idle=idle,
)
