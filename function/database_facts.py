"""Facts of a database: what exists of it and decides what is desired."""

from dataclasses import dataclass
from typing import Literal

from function.api_facts import UNKNOWN, ApiFacts

State = Literal["composed", "found", "not_ours", "leaving", "absent", "unanswered"]
"""The state of the Cluster of an app's database:

composed: it is in this XR's resourceRefs. found: it exists, and nobody owns it. not_ours: something else
owns it. leaving: it is being deleted. absent: it was looked up, and doesn't exist. unanswered: it isn't
looked up yet.
"""


@dataclass(frozen=True, slots=True)
class RecoverySource:
    """The backups that a database is recovered from."""

    server_name: str
    """Their server name in the object store."""
    namespace: str
    """Of the app that made them: each namespace has its folder in the object store."""
    time: str | None = None
    """The moment that is recovered, RFC 3339. None: the latest one."""
    configuration: str | None = None
    """barman-cloud's configuration of their object store, as JSON. None: the platform's."""


@dataclass(frozen=True, slots=True)
class MakerFacts:
    """Settings of whoever made an adopted Cluster. The defaults are those of a Cluster that we made."""

    least_instances: int = 1
    """Fewest instances that its synchronous replication allows."""
    server_certificate: str | None = None
    """The Secret with its own server certificate, if it names one."""
    service_account: str | None = None
    plugins: tuple[str, ...] = ()
    """Its plugins without our archiver, each as JSON. We own the whole list, so they are restated."""
    replica: bool = False
    """Whether it is a replica cluster of another one."""


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """Facts of the database, read from its Cluster, or from the XR's status if there is none."""

    state: State
    api: ApiFacts = UNKNOWN
    """Of CloudNativePG."""
    owner: str | None = None
    """Kind and name of what else owns the Cluster, such as "XNodeApp shop-x2k4p"."""
    uid: str | None = None
    """uid of the Cluster; the recorded uid where there is none."""
    policy: str | None = None
    """The deletion policy that was in force."""
    server_name: str | None = None
    """Server name of its backups; the recorded one where there is no Cluster."""
    archive: str | None = None
    """Server name under which the Cluster archives now. None: it doesn't archive with our plugin."""
    era: int = 0
    """The highest era that was asked for while the Cluster existed. 0: none is recorded."""
    replaces: str | None = None
    """The recorded uid, if the composed Cluster has another one."""
    loss_accepted: bool = False
    name: str | None = None
    """Name of the database in the Cluster."""
    initdb: tuple[tuple[str, str | bool], ...] = ()
    """Our fields of bootstrap.initdb, as it was created. Empty: it was created in another way."""
    restore: str | None = None
    """`restore` as it was asked when the Cluster was made, as JSON."""
    recovered_from: RecoverySource | None = None
    """The backups that it was recovered from, if we asked for that."""
    version: int | None = None
    """The major that wrote the data; the recorded one where there is no Cluster. None: not known yet."""
    image: str | None = None
    catalog: str | None = None
    """The image catalog that its image comes from, if it names no image itself."""
    instances: int | None = None
    storage: str | None = None
    storage_class: str | None = None
    last_requested: str | None = None
    """`database` as it was last asked for, as JSON."""
    adopted: bool = False
    """Whether it existed before this app composed it."""
    has_own_archiver: bool = False
    """Whether it is adopted and has an archiver that isn't ours."""
    maker: MakerFacts = MakerFacts()
    """Its settings that stay, if it was adopted."""
    has_backups: bool = False
    """Whether its server name has backups of this very Cluster."""
    retention: str | None = None
    """How far back its backups are kept, such as 30d. None: they aren't in an ObjectStore of ours."""
    archives: tuple[str, ...] = ()
    """Server names that have a base backup, as far as its ObjectStore shows."""
    archive_places: tuple[str | None, str | None] = (None, None)
    """Where its ObjectStore led first, and leads now: endpoint and path. None: it isn't there."""
    serving: bool = False
    """Whether an instance is ready."""
    extended: str | None = None
    """Name of the database that the object for the extensions is about; None: there is no such object."""
    pool_mode: str | None = None
    """The mode of the Pooler that exists; None: there is none."""
    app_secret: str | None = None
    """The Secret with the owner's credentials, if whoever made the Cluster gave it one. It has no URL."""
    ca_secret: str | None = None
    """The Secret with the CA of the server's certificate, if the Cluster names one."""
    ca: str | None = None
    """Expiry of its CA, as CloudNativePG writes it. If it changes, the CA was renewed."""
    disk_full: bool = False
    """Whether an instance is stopped because its volume is full. CloudNativePG then grows no volume."""
    started: bool = False
    """Whether an instance was a primary once. Before that nobody could write."""
    empty: bool = False
    """Whether it certainly has no data: we made it, nothing started, and no volume was ever bound."""
    made_with: str | None = None
    """What is decided when a Cluster is made, as it was asked then, as JSON."""
    volume_leaving: bool = False
    """Whether there is no Cluster, but still the volume of one that was deleted."""
    volume_left: bool = False
    """Whether there is no Cluster, but a volume without an owner that CloudNativePG gives to the next one."""
    protected: bool = False
    """Whether a Usage forbids to delete the Cluster."""

    @property
    def exists(self) -> bool:
        """Whether this app's Cluster exists."""
        return self.state in ("composed", "found")
