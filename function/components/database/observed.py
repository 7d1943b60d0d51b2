"""The facts of the Cluster, read from its own fields."""

import re
from dataclasses import replace

from function.app import Object, Seen
from function.components.database import archive
from function.components.database.kept import (
    ADOPTED,
    INITDB,
    KEY,
    LOSS,
    METHODS,
    ORIGIN_STORE,
    POLICY,
    RESTORE,
    SERVER,
    STANZA,
    STORE,
    Kept,
    Where,
)
from function.read import at, items, number, text


def read(seen: Seen) -> Kept:
    """The facts of the composed Cluster, else of the one looked up, else what is recorded of it."""
    record = at(seen.xr, "status", "database")
    lost = Kept(
        "absent",
        uid=text(record, "uid"),
        policy=text(record, "deletionPolicy"),
        server=text(record, "serverName"),
    )
    accepted = lost.uid is not None and text(seen.xr, "metadata", "annotations", LOSS) == lost.uid
    if KEY in seen.objects:
        now = retained(facts(seen, seen.objects[KEY], "composed"), lost.policy)
        return now if accepted else replace(now, replaces=silently_replaced(now, lost))
    if KEY not in seen.found:
        return replace(lost, where="unanswered")
    if not seen.found[KEY]:
        return replace(lost, loss_accepted=accepted)
    cluster = seen.found[KEY][0]
    if at(cluster, "metadata", "deletionTimestamp"):
        return replace(lost, where="leaving")
    owners = items(cluster, "metadata", "ownerReferences")
    ours = all(at(owner, "uid") == at(seen.xr, "metadata", "uid") for owner in owners)
    if not ours:
        return replace(lost, where="foreign")
    return retained(facts(seen, cluster, "found"), lost.policy)


def retained(now: Kept, recorded: str | None) -> Kept:
    """The same, under Retain where that is on record: no edit of the annotations loosens it."""
    return replace(now, policy=recorded) if recorded == "Retain" else now


def silently_replaced(now: Kept, lost: Kept) -> str | None:
    """The recorded uid, where a Cluster took the place of a retained one without being told to.

    One that was filled from backups and has its own under another name was recovered on purpose.
    """
    another = None not in (now.uid, lost.uid) and now.uid != lost.uid
    recovered = now.origin is not None and lost.server not in (None, now.server)
    return lost.uid if lost.policy == "Retain" and another and not recovered else None


def facts(seen: Seen, cluster: Object, where: Where) -> Kept:
    """What a Cluster decides."""
    notes, spec = at(cluster, "metadata", "annotations"), at(cluster, "spec")
    storage, bootstrap = at(spec, "storage"), at(spec, "bootstrap")
    runs, stated = at(cluster, "status", "pgDataImageInfo"), text(spec, "imageName")
    catalog = at(spec, "imageCatalogRef")
    version = (
        number(runs, "majorVersion")
        or major(text(runs, "image"))
        or major(stated)
        or number(catalog, "major")
    )
    stated_initdb = ((key, at(bootstrap, "initdb", key)) for key in INITDB)
    names = (text(bootstrap, method, "database") for method in METHODS)
    adopted = text(notes, ADOPTED) is not None or (where == "found" and text(notes, STANZA) is None)
    server = archive.server(cluster) or text(notes, SERVER)
    return Kept(
        where=where,
        uid=text(cluster, "metadata", "uid"),
        policy=text(notes, POLICY),
        server=server,
        name=next(filter(None, names), None),
        initdb=tuple((key, value) for key, value in stated_initdb if isinstance(value, str | bool)),
        restore=text(notes, RESTORE),
        origin=archive.origin(cluster, seen.objects.get(ORIGIN_STORE)),
        version=version or None,
        image=stated if major(stated) == version else text(runs, "image"),
        catalog=text(catalog, "name"),
        instances=number(spec, "instances") or None,
        storage=text(storage, "size") or text(storage, "pvcTemplate", "resources", "requests", "storage"),
        storage_class=text(storage, "storageClass") or text(storage, "pvcTemplate", "storageClassName"),
        stanza=text(notes, STANZA),
        adopted=adopted,
        archiver=adopted and archive.anothers(cluster),
        archived=archive.own(cluster, seen.objects.get(STORE), server),
        serving=number(cluster, "status", "readyInstances") > 0,
    )


def major(image: str | None) -> int | None:
    """The PostgreSQL major at the beginning of an image's tag, as CloudNativePG reads it."""
    found = re.search(r":(\d+)[^/:@]*(@|$)", image or "")
    return int(found[1]) if found else None
