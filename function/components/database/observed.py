"""Read the facts of the database: which Cluster is its own, and what is recorded of the one that was."""

from dataclasses import replace

from function.api.names import CLUSTER_UID
from function.app import Object, Observed
from function.components import optional
from function.components.database import keys
from function.components.database.backup import archive
from function.components.database.cluster_facts import cluster_facts
from function.components.database.server_names import era_of, stem_of
from function.components.database.volume import is_leaving, is_left
from function.database_facts import DatabaseFacts, State
from function.read import at, items, number, text


def read(observed: Observed) -> DatabaseFacts:
    """The facts of the composed Cluster, else of the one looked up, else what is recorded of it."""
    record = at(observed.xr, "status", "database")
    recorded = DatabaseFacts(
        "absent",
        api=optional.read(observed, optional.CLOUDNATIVE_PG, keys.CLUSTER, keys.POOLER, keys.EXTENSIONS),
        uid=text(record, "uid"),
        policy=text(record, "deletionPolicy"),
        server_name=text(record, "serverName"),
        era=max(number(record, "era"), era_of(text(record, "serverName")) or 0),
        version=number(record, "version") or None if text(record, "uid") else None,
        archives=archive.names(observed.composed.get(keys.OBJECT_STORE)),
        archive_places=archive.places(observed.composed.get(keys.OBJECT_STORE)),
        extended=text(observed.composed.get(keys.EXTENSIONS), "spec", "name"),
    )
    accepted_loss = text(observed.xr, "metadata", "annotations", keys.ACCEPT_DATA_LOSS)
    if keys.CLUSTER in observed.composed:
        return existing(observed, observed.composed[keys.CLUSTER], "composed", recorded, accepted_loss)
    if keys.CLUSTER not in observed.required:
        return replace(recorded, state="unanswered")
    if not observed.required[keys.CLUSTER]:
        accepted = recorded.uid is not None and accepted_loss == recorded.uid
        leaving, left = is_leaving(observed), is_left(observed)
        return replace(recorded, loss_accepted=accepted, volume_leaving=leaving, volume_left=left)
    cluster = observed.required[keys.CLUSTER][0]
    if at(cluster, "metadata", "deletionTimestamp"):
        return replace(recorded, state="leaving")
    if other := other_owner(observed.xr, cluster):
        return replace(recorded, state="not_ours", owner=other)
    return existing(observed, cluster, "found", recorded, accepted_loss)


def other_owner(xr: Object, cluster: Object) -> str | None:
    """Kind and name of a Cluster's first owner that isn't this XR. None: it has no other."""
    owners = items(cluster, "metadata", "ownerReferences")
    others = (owner for owner in owners if at(owner, "uid") != at(xr, "metadata", "uid"))
    return next((f"{text(other, 'kind')} {text(other, 'name')}" for other in others), None)


def existing(
    observed: Observed, cluster: Object, state: State, recorded: DatabaseFacts, accepted_loss: str | None
) -> DatabaseFacts:
    """The facts of a Cluster that is ours to keep."""
    now = remembering(cluster_facts(observed, cluster, state), recorded)
    # Somebody who makes a Cluster by hand after a loss has recovered the data: that one is adopted.
    made_by_hand = state == "found" and now.last_requested is None
    replaces = None if made_by_hand else silently_replaced(now, recorded) or copied_from(cluster, now)
    replaces = None if replaces == accepted_loss else replaces
    return replace(now, replaces=replaces, empty=now.empty and replaces is None)


def copied_from(cluster: Object, now: DatabaseFacts) -> str | None:
    """The uid of the retained Cluster whose manifest this one was created from, such as by a backup tool.

    The annotations say that it holds the data, but that is known only of the Cluster with that uid.
    """
    uid = text(cluster, "metadata", "annotations", CLUSTER_UID)
    return uid if uid != now.uid and now.policy == "Retain" else None


def remembering(now: DatabaseFacts, recorded: DatabaseFacts) -> DatabaseFacts:
    """The same with the recorded era, and with Retain if that is recorded: an edit of the Cluster's
    annotations doesn't loosen it."""
    policy = "Retain" if recorded.policy == "Retain" else now.policy
    return replace(now, api=recorded.api, policy=policy, era=max(recorded.era, era_of(now.server_name) or 0))


def silently_replaced(now: DatabaseFacts, recorded: DatabaseFacts) -> str | None:
    """The recorded uid, if the Cluster replaced a retained one and nobody asked for it.

    A Cluster that was filled from backups, and has another server name, was recovered on purpose. An
    upgrade changes only the major in the name, so that is left out.
    """
    another = None not in (now.uid, recorded.uid) and now.uid != recorded.uid
    was, stem = stem_of(recorded.server_name), stem_of(now.server_name)
    recovered = now.recovered_from is not None and was not in (None, stem)
    return recorded.uid if recorded.policy == "Retain" and another and not recovered else None
