"""What the Cluster that exists decides. All of it is read from the Cluster's own fields."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from function.app import Object, Seen
from function.read import at, items, number, text

KEY = "database-cluster"
"""Key of the Cluster, and name of the lookup for it."""
STANZA = "platform.io/database"
"""Annotation: the database as last asked, as JSON. What `resolve` puts back after its removal."""
POLICY = "platform.io/deletion-policy"
"""Annotation: the policy in force. No change of profile loosens it."""
ADOPTED = "platform.io/adopted"
"""Annotation: the Cluster was there before. Its maker's settings stay, unless others are asked for."""
LOSS = "platform.io/accept-data-loss"
"""Annotation of the NodeApp: uid of a lost Cluster that may be replaced by an empty one."""

INITDB = ("database", "owner", "dataChecksums", "encoding")
METHODS = ("initdb", "recovery", "pg_basebackup")

Where = Literal["composed", "found", "foreign", "leaving", "absent", "unanswered"]
"""Of the Cluster: ours; there, and nobody's; another's; being deleted; not there; not looked up yet."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the Cluster decides, whether composed, found or lost. Half of the memo's key."""

    where: Where
    uid: str | None = None
    """Of the Cluster; the recorded one where there is none."""
    policy: str | None = None
    replaces: str | None = None
    """The recorded uid, where it is of another Cluster than the one that is composed."""
    loss_accepted: bool = False
    name: str | None = None
    initdb: tuple[tuple[str, str | bool], ...] = ()
    """What we state of bootstrap.initdb, as it was created. Empty: created in another way."""
    version: int | None = None
    """The major that wrote the data. None: the Cluster doesn't say yet."""
    image: str | None = None
    catalog: str | None = None
    """The image catalog it takes its image from, instead of stating one."""
    instances: int | None = None
    storage: str | None = None
    storage_class: str | None = None
    stanza: str | None = None
    adopted: bool = False
    """Whether somebody else made it."""

    @property
    def exists(self) -> bool:
        """Whether there is a Cluster that is ours to keep."""
        return self.where in ("composed", "found")


def read(seen: Seen) -> Kept:
    """The facts of the composed Cluster, else of the one looked up, else what is recorded of it."""
    record = at(seen.xr, "status", "database")
    lost = Kept("absent", uid=text(record, "uid"), policy=text(record, "deletionPolicy"))
    accepted = lost.uid is not None and text(seen.xr, "metadata", "annotations", LOSS) == lost.uid
    if KEY in seen.objects:
        now = retained(facts(seen.objects[KEY], "composed"), lost.policy)
        another = None not in (now.uid, lost.uid) and now.uid != lost.uid
        silent = lost.policy == "Retain" and another and not accepted
        return replace(now, replaces=lost.uid) if silent else now
    if KEY not in seen.found:
        return replace(lost, where="unanswered")
    if not seen.found[KEY]:
        return replace(lost, loss_accepted=accepted)
    cluster = seen.found[KEY][0]
    if at(cluster, "metadata", "deletionTimestamp"):
        return replace(lost, where="leaving")
    owners = items(cluster, "metadata", "ownerReferences")
    ours = all(at(owner, "uid") == at(seen.xr, "metadata", "uid") for owner in owners)
    return retained(facts(cluster, "found"), lost.policy) if ours else replace(lost, where="foreign")


def retained(now: Kept, recorded: str | None) -> Kept:
    """The same, under Retain where that is on record: no edit of the annotations loosens it."""
    return replace(now, policy=recorded) if recorded == "Retain" else now


def facts(cluster: Object, where: Where) -> Kept:
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
    return Kept(
        where=where,
        uid=text(cluster, "metadata", "uid"),
        policy=text(notes, POLICY),
        name=next(filter(None, names), None),
        initdb=tuple((key, value) for key, value in stated_initdb if isinstance(value, str | bool)),
        version=version or None,
        image=stated if major(stated) == version else text(runs, "image"),
        catalog=text(catalog, "name"),
        instances=number(spec, "instances") or None,
        storage=text(storage, "size") or text(storage, "pvcTemplate", "resources", "requests", "storage"),
        storage_class=text(storage, "storageClass") or text(storage, "pvcTemplate", "storageClassName"),
        stanza=text(notes, STANZA),
        adopted=text(notes, ADOPTED) is not None or (where == "found" and text(notes, STANZA) is None),
    )


def major(image: str | None) -> int | None:
    """The PostgreSQL major at the beginning of an image's tag, as CloudNativePG reads it."""
    found = re.search(r":(\d+)[^/:@]*(@|$)", image or "")
    return int(found[1]) if found else None
