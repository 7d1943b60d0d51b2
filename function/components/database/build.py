"""The database's part: looked up before it is made, never made anew by accident."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from function.app import (
    App,
    Condition,
    Event,
    Lookup,
    Manifest,
    Part,
    Report,
    Seen,
    Why,
    absent,
    not_applicable,
)
from function.components.database.api import Database
from function.components.database.archived import times
from function.components.database.blocked import CONDITION, blocked, replaced
from function.components.database.client import COMPONENT, PORT, host, secret
from function.components.database.cluster import cluster
from function.components.database.extensions import created, extensions
from function.components.database.health import healthy
from function.components.database.kept import KEY, Kept
from function.components.database.network import network_policy
from function.components.database.origin import origin
from function.components.database.pooler import pooler, pooling
from function.read import at, number, text

Judge = Callable[[Why], Condition]


def build(app: App) -> Part:
    """The Cluster and its family. While it isn't composed it is looked up, and desired only once the
    answer allows it."""
    kept, database = app.kept.database, app.spec.database
    looks = {} if kept.where == "composed" else {KEY: lookup(app)}
    if database is None:
        part = remembered(kept) if kept.uid and not kept.exists else absent(CONDITION)
        return replace(part, lookups=looks if kept.uid else {})
    hindrance = blocked(app, database, kept)
    good = "Hibernated" if database.hibernate else "Healthy"
    judge = partial(judged, hindrance or replaced(app, kept), good)
    return Part(
        resources=({} if hindrance else {KEY: cluster(app, database, kept)}) | family(app, database, kept),
        report=partial(report, facts(app, database, kept), judge, adopted(app, kept)),
        checks={
            KEY: partial(healthy, origin(app), hibernate=bool(database.hibernate)),
            "database-pooler": pooling,
            "database-extensions": partial(created, asleep=bool(database.hibernate)),
        },
        lookups=looks,
    )


def family(app: App, database: Database, kept: Kept) -> dict[str, Manifest]:
    """What belongs to the Cluster. An adopted one gets no policy: others may use it."""
    if kept.where == "foreign":
        return {}
    asleep = bool(database.hibernate)
    return {
        **({} if kept.adopted else {"database-networkpolicy": network_policy(app)}),
        **({"database-pooler": pooler(app, database.pooler, asleep=asleep)} if database.pooler else {}),
        **({"database-extensions": extensions(app, database)} if database.extensions else {}),
    }


def facts(app: App, database: Database, kept: Kept) -> dict[str, Any]:
    """What the status says of the database that doesn't change from call to call."""
    return {
        "host": host(app),
        "port": PORT,
        "name": database.name,
        "secret": secret(app),
        "storage": database.storage,
        "version": kept.version or database.version,
        "instances": database.instances,
        "uid": kept.replaces or (kept.uid if kept.exists or kept.policy == "Retain" else None),
        "serverName": kept.server,
        "deletionPolicy": database.deletion_policy,
    }


def lookup(app: App) -> Lookup:
    """The Cluster of this app's name, whoever made it. Applying would seize it with our size and version."""
    return Lookup("postgresql.cnpg.io/v1", "Cluster", app.named(COMPONENT), app.namespace)


def adopted(app: App, kept: Kept) -> list[Event]:
    """What is told once of a Cluster that was there already."""
    if kept.where != "found":
        return []
    what = f"database {kept.name or '?'}, PostgreSQL {kept.version or '?'}, {kept.storage or '?'}"
    return [Event("Adopted", f"adopted the existing Cluster {app.named(COMPONENT)} as it is: {what}")]


def remembered(kept: Kept) -> Part:
    """No database is in force, but one is on record: asked for again it counts as lost, not as new."""
    status = {"uid": kept.uid, "serverName": kept.server, "deletionPolicy": kept.policy}
    return Part({}, lambda seen, why: Report([not_applicable(CONDITION)], {"database": status}))


def report(facts: dict[str, Any], judge: Judge, events: list[Event], seen: Seen, why: Why) -> Report:
    """How the Cluster is, and how to reach it."""
    observed = at(seen.objects.get(KEY), "status")
    now = {
        "phase": text(observed, "phase"),
        "image": text(observed, "image"),
        "ready": number(observed, "readyInstances"),
        "primary": text(observed, "currentPrimary"),
        "backup": times(facts["serverName"], seen),
    }
    return Report([judge(why)], {"database": facts | now}, events)


def judged(verdict: Condition | None, good: str, why: Why) -> Condition:
    """DatabaseReady: the verdict where there is one, else as its objects are."""
    return verdict or Condition.working(CONDITION, why, good)
