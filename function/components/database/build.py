"""The database's part: looked up before it is made, never made anew by accident."""

from dataclasses import replace
from functools import partial
from typing import Any

from function.app import (
    PROGRESSING,
    App,
    Condition,
    Event,
    Lookup,
    Object,
    Part,
    Report,
    Seen,
    Why,
    absent,
    not_applicable,
)
from function.components.database.api import Database
from function.components.database.client import COMPONENT, PORT, host, secret
from function.components.database.cluster import cluster
from function.components.database.kept import KEY, LOSS, Kept
from function.read import at, condition, number, text

CONDITION = "DatabaseReady"


def build(app: App) -> Part:
    """The Cluster. While it isn't composed it is looked up, and desired only once the answer allows it."""
    kept, database = app.kept.database, app.spec.database
    looks = {} if kept.where == "composed" else {KEY: lookup(app)}
    if database is None:
        part = remembered(kept) if kept.uid and not kept.exists else absent(CONDITION)
        return replace(part, lookups=looks if kept.uid else {})
    hindrance = blocked(app, database, kept)
    facts = {
        "host": host(app),
        "port": PORT,
        "name": database.name,
        "secret": secret(app),
        "storage": database.storage,
        "version": kept.version or database.version,
        "instances": database.instances,
        "uid": kept.replaces or kept.uid,
        "deletionPolicy": database.deletion_policy,
    }
    return Part(
        resources={} if hindrance else {KEY: cluster(app, database, kept)},
        report=partial(report, facts, hindrance or replaced(app, kept), adopted(app, kept)),
        checks={KEY: healthy},
        lookups=looks,
    )


def lookup(app: App) -> Lookup:
    """The Cluster of this app's name, whoever made it. Applying would seize it with our size and version."""
    return Lookup("postgresql.cnpg.io/v1", "Cluster", app.named(COMPONENT), app.namespace)


def blocked(app: App, database: Database, kept: Kept) -> Condition | None:
    """Why the Cluster must not be composed now."""
    name = app.named(COMPONENT)
    match kept.where:
        case "unanswered":
            reason, message = "LookingUp", f"looks for an existing Cluster {name} first"
        case "leaving":
            reason, message = PROGRESSING, f"waits until the former Cluster {name} is gone"
        case "foreign":
            reason = "Conflict"
            message = (
                f"Cluster {name} belongs to something else; remove it there, or give this app another name"
            )
        case "absent" if lost(database, kept):
            reason = "Lost"
            message = (
                f"Cluster {name} (uid {kept.uid}) is gone though deletionPolicy is Retain, and no empty one "
                f"is made in its place; to accept the loss, annotate the NodeApp with {LOSS}: {kept.uid}"
            )
        case _:
            return None
    return Condition(CONDITION, ok=False, reason=reason, message=message)


def replaced(app: App, kept: Kept) -> Condition | None:
    """What is wrong with a Cluster that took the place of another: it came up without its data.

    Crossplane makes it where it applies what it was told before the other one was deleted.
    """
    if kept.replaces is None:
        return None
    message = (
        f"Cluster {app.named(COMPONENT)} (uid {kept.uid}) was made anew, without the data of the one before "
        f"it; to accept the loss, annotate the NodeApp with {LOSS}: {kept.replaces}"
    )
    return Condition(CONDITION, ok=False, reason="Replaced", message=message)


def lost(database: Database, kept: Kept) -> bool:
    """Whether a Cluster is gone whose data had to be retained, and nobody has accepted that."""
    retained = kept.policy == database.deletion_policy == "Retain"
    return kept.uid is not None and retained and not kept.loss_accepted


def adopted(app: App, kept: Kept) -> list[Event]:
    """What is told once of a Cluster that was there already."""
    if kept.where != "found":
        return []
    what = f"database {kept.name or '?'}, PostgreSQL {kept.version or '?'}, {kept.storage or '?'}"
    return [Event("Adopted", f"adopted the existing Cluster {app.named(COMPONENT)} as it is: {what}")]


def healthy(cluster: Object) -> str:
    """Why a Cluster isn't ready. Its Ready condition is True in hibernation too, so instances count."""
    status, want = at(cluster, "status"), number(cluster, "spec", "instances")
    if at(cluster, "metadata", "annotations", "cnpg.io/hibernation") == "on":
        return "hibernated by hand; annotate the Cluster with cnpg.io/hibernation: off to wake it"
    if not (phase := text(status, "phase")):
        return "CloudNativePG hasn't taken it up yet"
    if condition(cluster, "Ready").get("status") != "True":
        why = text(status, "phaseReason")
        return f"phase '{phase}'" + (f": {why}" if why else "")
    if (ready := number(status, "readyInstances")) < want:
        return f"{ready} of {want} instances ready"
    if ready > want:
        return f"{ready} instances still run, {want} are asked for"
    stated, runs = text(cluster, "spec", "imageName"), text(status, "pgDataImageInfo", "image")
    return f"runs {runs}, and not yet {stated}" if stated and runs and stated != runs else ""


def remembered(kept: Kept) -> Part:
    """No database is in force, but one is on record: asked for again it counts as lost, not as new."""
    status = {"uid": kept.uid, "deletionPolicy": kept.policy}
    return Part({}, lambda seen, why: Report([not_applicable(CONDITION)], {"database": status}))


def report(
    facts: dict[str, Any], verdict: Condition | None, events: list[Event], seen: Seen, why: Why
) -> Report:
    """How the Cluster is, and how to reach it."""
    observed = at(seen.objects.get(KEY), "status")
    now = {
        "phase": text(observed, "phase"),
        "image": text(observed, "image"),
        "ready": number(observed, "readyInstances"),
        "primary": text(observed, "currentPrimary"),
    }
    return Report(
        [verdict or Condition.working(CONDITION, why, good="Healthy")], {"database": facts | now}, events
    )
