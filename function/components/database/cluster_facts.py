"""The facts that a Cluster shows in its own fields."""

from function.app import Object, Observed
from function.components.database import keys
from function.components.database.backup import archive
from function.components.database.images import major
from function.components.database.maker import former_facts, maker_facts
from function.components.database.storage import size_in
from function.components.database.volume import has_started, is_empty
from function.database_facts import DatabaseFacts, State
from function.read import at, number, text

METHODS = ("initdb", "recovery", "pg_basebackup")
"""Ways to bootstrap a Cluster, each of which may name the database."""


def cluster_facts(observed: Observed, cluster: Object, state: State) -> DatabaseFacts:
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
        archive_places=archive.places(observed.composed.get(keys.OBJECT_STORE)),
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
