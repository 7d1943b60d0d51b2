"""Read the facts of the Cluster from its own fields."""

from dataclasses import replace

from function.api.names import CLUSTER_UID
from function.app import Object, Observed
from function.components import optional
from function.components.database import keys
from function.components.database.backup import archive
from function.components.database.images import major
from function.components.database.maker import former_facts, maker_facts
from function.components.database.server_names import era_of, stem_of
from function.components.database.storage import size_in
from function.components.database.volume import has_started, is_empty, is_leaving
from function.database_facts import DatabaseFacts, State
from function.read import at, items, number, text

METHODS = ("initdb", "recovery", "pg_basebackup")
"""Ways to bootstrap a Cluster, each of which may name the database."""


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
        extended=text(observed.composed.get(keys.EXTENSIONS), "spec", "name"),
    )
    accepted_loss = text(observed.xr, "metadata", "annotations", keys.ACCEPT_DATA_LOSS)
    if keys.CLUSTER in observed.composed:
        return existing(observed, observed.composed[keys.CLUSTER], "composed", recorded, accepted_loss)
    if keys.CLUSTER not in observed.required:
        return replace(recorded, state="unanswered")
    if not observed.required[keys.CLUSTER]:
        accepted = recorded.uid is not None and accepted_loss == recorded.uid
        return replace(recorded, loss_accepted=accepted, volume_leaving=is_leaving(observed))
    cluster = observed.required[keys.CLUSTER][0]
    if at(cluster, "metadata", "deletionTimestamp"):
        return replace(recorded, state="leaving")
    owners = items(cluster, "metadata", "ownerReferences")
    ours = all(at(owner, "uid") == at(observed.xr, "metadata", "uid") for owner in owners)
    if not ours:
        return replace(recorded, state="not_ours")
    return existing(observed, cluster, "found", recorded, accepted_loss)


def existing(
    observed: Observed, cluster: Object, state: State, recorded: DatabaseFacts, accepted_loss: str | None
) -> DatabaseFacts:
    """The facts of a Cluster that is ours to keep."""
    now = remembering(facts(observed, cluster, state), recorded)
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


def facts(observed: Observed, cluster: Object, state: State) -> DatabaseFacts:
    """The facts of a Cluster."""
    annotations, spec = at(cluster, "metadata", "annotations"), at(cluster, "spec")
    storage, bootstrap = at(spec, "storage"), at(spec, "bootstrap")
    running, stated = at(cluster, "status", "pgDataImageInfo"), text(spec, "imageName")
    catalog = at(spec, "imageCatalogRef")
    version = (
        number(running, "majorVersion")
        or major(text(running, "image"))
        or major(stated)
        or number(catalog, "major")
    )
    initdb = ((key, at(bootstrap, "initdb", key)) for key in keys.INITDB)
    names = (text(bootstrap, method, "database") for method in METHODS)
    never_composed = state == "found" and text(annotations, keys.LAST_REQUESTED) is None
    adopted = text(annotations, keys.ADOPTED) is not None or never_composed
    server_name = archive.observed_server_name(cluster) or text(annotations, keys.SERVER_NAME)
    return DatabaseFacts(
        state=state,
        uid=text(cluster, "metadata", "uid"),
        policy=text(annotations, keys.POLICY),
        server_name=server_name,
        archive=archive.observed_server_name(cluster),
        name=next(filter(None, names), None),
        initdb=tuple(
            (key, value)
            for key, value in initdb
            if isinstance(value, str | bool) and (key, value) not in keys.FILLED_IN
        ),
        restore=text(annotations, keys.RESTORE),
        recovered_from=archive.recovered_from(cluster, observed.composed.get(keys.RECOVERY_STORE)),
        version=version or None,
        image=stated if major(stated) == version else text(running, "image"),
        catalog=text(catalog, "name"),
        instances=number(spec, "instances") or None,
        storage=size_in(storage),
        storage_class=text(storage, "storageClass") or text(storage, "pvcTemplate", "storageClassName"),
        last_requested=text(annotations, keys.LAST_REQUESTED),
        adopted=adopted,
        has_own_archiver=adopted and archive.has_own_archiver(cluster, observed.composed),
        maker=maker_facts(cluster) if adopted else former_facts(observed.xr, cluster),
        has_backups=archive.has_backups(cluster, observed.composed.get(keys.OBJECT_STORE), server_name),
        retention=text(observed.composed.get(keys.OBJECT_STORE), "spec", "retentionPolicy"),
        archives=archive.names(observed.composed.get(keys.OBJECT_STORE)),
        serving=number(cluster, "status", "readyInstances") > 0,
        extended=text(observed.composed.get(keys.EXTENSIONS), "spec", "name"),
        pool_mode=text(observed.composed.get(keys.POOLER), "spec", "pgbouncer", "poolMode"),
        app_secret=next(filter(None, (text(bootstrap, each, "secret", "name") for each in METHODS)), None),
        ca_secret=text(spec, "certificates", "serverCASecret"),
        ca=ca_end(cluster),
        disk_full=text(cluster, "status", "phase") == keys.DISK_FULL,
        started=has_started(cluster),
        empty=state == "composed" and is_empty(observed, cluster),
        made_with=text(annotations, keys.MADE_WITH),
        protected=keys.CLUSTER_USAGE in observed.composed,
    )


def ca_end(cluster: Object) -> str | None:
    """Expiry of the CA of the server's certificate. It is in Go's format, so it is compared, not parsed."""
    certificates = at(cluster, "status", "certificates")
    name = text(certificates, "serverCASecret")
    return text(certificates, "expirations", name) if name else None
