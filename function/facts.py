"""Facts: what exists and decides what is desired. Frozen and hashable, as they are part of the memo's key."""

from dataclasses import dataclass
from typing import Literal

State = Literal["composed", "found", "not_ours", "leaving", "absent", "unanswered"]
"""Of the Cluster that an app's database would live in:

composed: in this XR's resourceRefs. found: there, and owned by nobody. not_ours: owned by another.
leaving: being deleted. absent: looked up, and not there. unanswered: not looked up yet.
"""


@dataclass(frozen=True, slots=True)
class WorkloadFacts:
    """What the Deployment of a workload decides."""

    image: str | None
    slept: bool = False
    """Whether it was scaled down for a database that hibernates."""


@dataclass(frozen=True, slots=True)
class RecoverySource:
    """The backups that a database is recovered from."""

    server_name: str
    """Name under which they were made."""
    namespace: str
    """Of the app that made them: each namespace has its folder in the object store."""
    time: str | None = None
    """The moment that is recovered, RFC 3339. None: the last one there is."""
    configuration: str | None = None
    """barman-cloud's configuration of their object store, as JSON. None: the platform's."""


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What the Cluster decides, whether composed, found or lost."""

    state: State
    uid: str | None = None
    """Of the Cluster; the recorded one where there is none."""
    policy: str | None = None
    """The deletion policy that was in force."""
    server_name: str | None = None
    """The name under which its backups are made; the recorded one where there is no Cluster."""
    archive: str | None = None
    """The name under which the Cluster archives now; None: it doesn't archive with us."""
    era: int = 0
    """The highest era that was asked for while there was a Cluster; 0: nothing is on record."""
    replaces: str | None = None
    """The recorded uid, where it is of another Cluster than the one that is composed."""
    loss_accepted: bool = False
    name: str | None = None
    """Of the database in it."""
    initdb: tuple[tuple[str, str | bool], ...] = ()
    """What we state of bootstrap.initdb, as it was created. Empty: created in another way."""
    restore: str | None = None
    """`restore` as it was asked when the Cluster was made, as JSON."""
    recovered_from: RecoverySource | None = None
    """What it was recovered from, where we asked for that."""
    version: int | None = None
    """The major that wrote the data; the recorded one where there is no Cluster. None: not known yet."""
    image: str | None = None
    catalog: str | None = None
    """The image catalog it takes its image from, instead of stating one."""
    instances: int | None = None
    storage: str | None = None
    storage_class: str | None = None
    last_requested: str | None = None
    """The database as last asked, as JSON."""
    adopted: bool = False
    """Whether somebody else made it."""
    has_own_archiver: bool = False
    """Whether its maker has it backed up, in whatever way."""
    has_backups: bool = False
    """Whether backups of this very Cluster are under its server name."""
    retention: str | None = None
    """How far back its backups are kept, such as 30d. None: they aren't in an ObjectStore of ours."""
    archives: tuple[str, ...] = ()
    """Server names that have a base backup, as far as the ObjectStore says."""
    serving: bool = False
    """Whether an instance is ready."""

    @property
    def exists(self) -> bool:
        """Whether there is a Cluster that is ours to keep."""
        return self.state in ("composed", "found")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of every component that has some, by the component's name."""

    database: DatabaseFacts
    backend: WorkloadFacts
    frontend: WorkloadFacts
