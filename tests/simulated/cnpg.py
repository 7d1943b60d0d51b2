"""CloudNativePG and its barman-cloud plugin: which rows a database holds, and which are safe elsewhere.

A Cluster's data goes with it; what was archived stays in the object store, whatever happens to the cluster.
"""

from functools import partial
from typing import Any

from tests.simulated.admission import major
from tests.simulated.api_server import ApiServer, Ref
from tests.simulated.archives import Archive, ArchiveLocation, Row
from tests.simulated.base_backups import BaseBackups
from tests.simulated.cnpg_instances import Instances, image, primary, replaced
from tests.simulated.cnpg_phases import UNRECOVERABLE
from tests.simulated.conditions import condition
from tests.simulated.operators import Asleep, Operator
from tests.simulated.server_side_apply import Manifest
from tests.simulated.volumes import Volumes, waiting_for_volume

PLUGIN = "barman-cloud.cloudnative-pg.io"
MANAGER = "manager"
NOT_EMPTY = (
    "rpc error: code = Unknown desc = unexpected failure invoking barman-cloud-wal-archive: exit status 1"
)
"""What archiving into another's archive says: "Expected empty archive" is only in the pod's log."""
NO_STORE = "rpc error: code = Unknown desc = the ObjectStore was not found"
WORKING = condition(
    "ContinuousArchiving", "True", "ContinuousArchivingSuccess", "Continuous archiving is working"
)
KINDS = {"Cluster", "ObjectStore", "ScheduledBackup", "Pooler", "Database"}


class CloudNativePG:
    """The operator, its plugin and the object store."""

    def __init__(self, server: ApiServer) -> None:
        """It keeps the Clusters of one server."""
        self.server = server
        self.data: dict[str, list[Row]] = {}
        """Rows by the Cluster's uid."""
        self.archives: dict[ArchiveLocation, Archive] = {}
        self.base_backups = BaseBackups(server)
        self.volumes = Volumes(server)
        self.unmarked: set[str] = set()
        """Clusters that have archived, or were told that they needn't, by uid. Only until then a new or
        recovered one checks that its archive is empty: reconcileCheckWalArchiveFile in
        internal/management/controller/instance_controller.go. pg_upgrade makes no new mark."""

    def act(self, ref: Ref, operator: Operator | None = None) -> None:
        """Reconcile an object."""
        if ref.kind == "Cluster":
            self.keep(ref, operator or Instances())
        else:
            usual: Operator = getattr(self, ref.kind.lower(), self.base_backups.follow)
            self.server.update(ref, MANAGER, operator or usual, "status")

    def keep(self, ref: Ref, operator: Operator) -> None:
        """Bootstrap a Cluster, run it, write to it, archive that and back it up."""
        cluster, going = self.server.objects[ref], operator
        self.volumes.collect()
        if isinstance(going, Asleep):
            return
        if not self.volumes.claim(cluster):
            self.server.update(ref, MANAGER, waiting_for_volume, "status")
            return
        uid, former = cluster["metadata"]["uid"], self.volumes.filled_by(cluster)
        if uid not in self.data and former in self.data:
            self.data[uid] = self.data[former]
            self.unmarked.add(uid)
        if uid not in self.data and (rows := self.bootstrapped(cluster)) is not None:
            self.data[uid] = rows
        if uid not in self.data and isinstance(going, Instances):
            why = f"Instance creation failed for the following jobs: {ref.name}-1-full-recovery"
            going = Instances(UNRECOVERABLE, why, down=9)
        running = self.server.update(ref, MANAGER, going, "status")
        if uid in self.data and primary(cluster) and major(image(cluster)) > runs(cluster):
            self.stop(cluster, going)
        if uid in self.data and primary(running):
            self.data[uid].append(Row(self.server.now(), uid))
            if isinstance(going, Instances):
                self.server.update(ref, MANAGER, partial(self.archived, going=going), "status")

    def stop(self, cluster: Manifest, going: Operator) -> None:
        """The old major is shut down for an upgrade. Its last WAL goes to where the Cluster says by then."""
        uid, plugin = cluster["metadata"]["uid"], archiver(cluster)
        self.data[uid].append(Row(self.server.now(), uid))
        works = isinstance(going, Instances) and not going.archiving
        location = self.location(cluster, plugin) if plugin else None
        if works and location and location.path:
            archive = self.archives.setdefault(location, Archive(uid, runs(cluster)))
            archive.take(uid, runs(cluster), list(self.data[uid]))

    def bootstrapped(self, cluster: Manifest) -> list[Row] | None:
        """The rows that a new Cluster begins with; None: its recovery fails."""
        spec = cluster["spec"]
        recovery = spec["bootstrap"].get("recovery")
        if recovery is None:
            return []
        own, source = archiver(cluster), recovery_source(spec, recovery.get("source"))
        if own and self.location(cluster, own) in self.archives:
            return None  # It checks that its own archive is empty before it begins.
        archive = self.archives.get(self.location(cluster, source)) if source else None
        target = recovery.get("recoveryTarget", {}).get("targetTime")
        return archive.until(target, major(image(cluster))) if archive else None

    def location(self, cluster: Manifest, plugin: Manifest) -> ArchiveLocation:
        """Where a plugin's parameters lead; nowhere without an ObjectStore."""
        parameters = plugin.get("parameters", {})
        namespace, name = cluster["metadata"]["namespace"], parameters.get("barmanObjectName", "")
        store = self.server.get(Ref("ObjectStore", namespace, name)) or {"spec": {}}
        path = store["spec"].get("configuration", {}).get("destinationPath", "")
        return ArchiveLocation(path, parameters.get("serverName", cluster["metadata"]["name"]))

    def archived(self, cluster: Manifest, going: Instances) -> Manifest:
        """A running Cluster after it sent its WAL away, and made the backup that is due."""
        conditions: list[Manifest] = cluster["status"]["conditions"]
        if (plugin := archiver(cluster)) is None:
            self.unmarked.add(cluster["metadata"]["uid"])
            return with_conditions(cluster, replaced(conditions, WORKING))
        uid, location = cluster["metadata"]["uid"], self.location(cluster, plugin)
        problem = going.archiving or ("" if location.path else NO_STORE)
        archive = self.archives.setdefault(location, Archive(uid, runs(cluster))) if location.path else None
        if archive and archive.uid != uid and uid not in self.unmarked:
            problem = problem or NOT_EMPTY
        failing = condition("ContinuousArchiving", "False", "ContinuousArchivingFailing", problem)
        conditions = replaced(conditions, failing if problem else WORKING)
        if archive and not problem:
            self.unmarked.add(uid)
            archive.take(uid, runs(cluster), list(self.data[uid]))
        for schedule in self.base_backups.due(cluster):
            made = self.base_backups.make(schedule, archive, problem or going.backups)
            conditions = replaced(conditions, made)
        return with_conditions(cluster, conditions)

    def cluster(self, manifest: Manifest, name: str) -> Manifest | None:
        """The Cluster that an object is about."""
        return self.server.get(Ref("Cluster", manifest["metadata"]["namespace"], name))

    def objectstore(self, store: Manifest) -> Manifest:
        """The windows in which each server's archive can be recovered, whoever filled it.

        The plugin looks every five minutes, also where the ObjectStore leads elsewhere by then: maintenance
        in internal/cnpgi/instance/retention.go, release 0.15.
        """
        path = store["spec"].get("configuration", {}).get("destinationPath", "")
        windows = {
            location.server: archive.window()
            for location, archive in self.archives.items()
            if location.path == path and (archive.bases or archive.failed)
        }
        known = bool(windows) or "status" in store
        return store | ({"status": {"serverRecoveryWindow": windows}} if known else {})

    def pooler(self, manifest: Manifest) -> Manifest:
        """PgBouncer runs as soon as the Cluster's secrets are there."""
        cluster = self.cluster(manifest, manifest["spec"]["cluster"]["name"])
        there = cluster is not None and cluster["metadata"]["uid"] in self.data
        return manifest | {"status": {"instances": manifest["spec"]["instances"] if there else 0}}

    def database(self, manifest: Manifest) -> Manifest:
        """A Database is applied by a primary that runs, and stays so while none does."""
        cluster = self.cluster(manifest, manifest["spec"]["cluster"]["name"])
        if not (cluster and primary(cluster)):
            return manifest
        generation = manifest["metadata"]["generation"]
        return manifest | {"status": {"applied": True, "observedGeneration": generation}}

    def rows(self, ref: Ref) -> list[Row]:
        """What a Cluster holds now."""
        cluster = self.server.get(ref)
        return self.data.get(cluster["metadata"]["uid"], []) if cluster else []


def with_conditions(cluster: Manifest, conditions: list[Manifest]) -> Manifest:
    """A Cluster with other conditions."""
    return cluster | {"status": cluster["status"] | {"conditions": conditions}}


def runs(cluster: Manifest) -> int:
    """The major that wrote a Cluster's data."""
    info: Manifest = cluster["status"].get("pgDataImageInfo", {})
    running: int = info.get("majorVersion") or major(image(cluster))
    return running


def archiver(cluster: Manifest) -> Manifest | None:
    """The plugin that archives a Cluster's WAL."""
    plugins: list[Any] = cluster["spec"].get("plugins") or []
    return next((p for p in plugins if p["name"] == PLUGIN and p.get("isWALArchiver")), None)


def recovery_source(spec: Manifest, source: str | None) -> Manifest | None:
    """Where a recovery gets its data from."""
    return next((e.get("plugin") for e in spec.get("externalClusters") or [] if e["name"] == source), None)
