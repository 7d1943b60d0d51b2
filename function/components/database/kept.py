"""What a Cluster that exists decides, and where that is written."""

from dataclasses import dataclass
from typing import Literal

KEY = "database-cluster"
"""Key of the Cluster, and name of the lookup for it."""
STORE = "database-objectstore"
"""Key of the ObjectStore that the Cluster archives to."""
ORIGIN_STORE = "database-origin"
"""Key of the ObjectStore with the backups that it was recovered from."""
STANZA = "platform.io/database"
"""Annotation: the database as last asked, as JSON. What `resolve` puts back after its removal."""
POLICY = "platform.io/deletion-policy"
"""Annotation: the policy in force. No change of profile loosens it."""
ADOPTED = "platform.io/adopted"
"""Annotation: the Cluster was there before. Its maker's settings stay, unless others are asked for."""
SERVER = "platform.io/server-name"
"""Annotation: the name under which its backups go, or would go."""
SOURCE = "platform.io/recovered-from"
"""Annotation: the namespace of the backups that it was recovered from."""
RESTORE = "platform.io/restore"
"""Annotation: `restore` as it was asked when the Cluster was made, as JSON."""
LOSS = "platform.io/accept-data-loss"
"""Annotation of the NodeApp: uid of a lost Cluster that may be replaced by an empty one."""
HIBERNATION = "cnpg.io/hibernation"
"""CloudNativePG's annotation, on or off, and the type of its condition."""

PLUGIN = "barman-cloud.cloudnative-pg.io"
ORIGIN = "origin"
"""Name of the external cluster whose backups a Cluster is recovered from."""

INITDB = ("database", "owner", "dataChecksums", "encoding")
METHODS = ("initdb", "recovery", "pg_basebackup")

Where = Literal["composed", "found", "foreign", "leaving", "absent", "unanswered"]
"""Of the Cluster: ours; there, and nobody's; another's; being deleted; not there; not looked up yet."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The backups that a database is recovered from."""

    server: str
    """Name under which they went."""
    namespace: str
    """Whose they are: each namespace has its folder."""
    time: str | None = None
    """The moment that is recovered; None: the last one there is."""
    configuration: str | None = None
    """How barman-cloud gets there, as JSON; None: as the platform says."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the Cluster decides, whether composed, found or lost. Half of the memo's key."""

    where: Where
    uid: str | None = None
    """Of the Cluster; the recorded one where there is none."""
    policy: str | None = None
    server: str | None = None
    """The name under which its backups go; the recorded one where there is no Cluster."""
    replaces: str | None = None
    """The recorded uid, where it is of another Cluster than the one that is composed."""
    loss_accepted: bool = False
    name: str | None = None
    initdb: tuple[tuple[str, str | bool], ...] = ()
    """What we state of bootstrap.initdb, as it was created. Empty: created in another way."""
    restore: str | None = None
    """`restore` as it was asked when it was made, as JSON."""
    origin: Origin | None = None
    """What it was recovered from, where that was our doing."""
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
    archiver: bool = False
    """Whether its maker has it backed up, in whatever way."""
    archived: bool = False
    """Whether backups of this very Cluster are under its server name."""
    serving: bool = False
    """Whether an instance is ready."""

    @property
    def exists(self) -> bool:
        """Whether there is a Cluster that is ours to keep."""
        return self.where in ("composed", "found")
