"""The simulator's CloudNativePG does what the real one does with data: the tests of safety rest on it."""

from typing import Any

import pytest

from tests.simulated.api_server import ApiServer, Ref
from tests.simulated.cnpg import NOT_EMPTY, PLUGIN, CloudNativePG
from tests.simulated.cnpg_instances import (
    HEALTHY,
    HIBERNATION,
    PHASES,
    UNRECOVERABLE,
    UPGRADING,
    WAKING,
    Instances,
)
from tests.simulated.conditions import get_condition
from tests.simulated.operators import Operator
from tests.simulated.server_side_apply import Manifest

CLUSTER = Ref("Cluster", "shop", "dash-db")
NEW = Ref("Cluster", "shop", "new-db")
STORE = Ref("ObjectStore", "shop", "store")
INITDB = {"bootstrap": {"initdb": {"database": "dash", "owner": "dash"}}}


def manifest(ref: Ref, api_version: str, spec: Manifest) -> Manifest:
    """An object as it is applied."""
    metadata = {"name": ref.name, "namespace": ref.namespace}
    return {"apiVersion": api_version, "kind": ref.kind, "metadata": metadata, "spec": spec}


class Hall:
    """A few Clusters and their object store."""

    def __init__(self) -> None:
        """An object store, and nothing in it."""
        self.server = ApiServer()
        self.cnpg = CloudNativePG(self.server)
        configuration = {"configuration": {"destinationPath": "s3://backups/shop"}}
        self.server.apply(manifest(STORE, "barmancloud.cnpg.io/v1", configuration), "kubectl")

    def cluster(self, ref: Ref = CLUSTER, archive: str = "one", **spec: Any) -> None:
        """Apply a Cluster of three that archives, and its schedule."""
        parameters = {"barmanObjectName": "store", "serverName": archive}
        plugins = [{"name": PLUGIN, "isWALArchiver": True, "parameters": parameters}]
        cluster_spec = {"instances": 3, "storage": {"size": "1Gi"}, "plugins": plugins} | INITDB | spec
        self.server.apply(manifest(ref, "postgresql.cnpg.io/v1", cluster_spec), "kubectl")
        schedule = {"cluster": {"name": ref.name}, "schedule": "0 0 2 * * *"}
        backup = manifest(Ref("ScheduledBackup", "shop", ref.name), "postgresql.cnpg.io/v1", schedule)
        self.server.apply(backup, "kubectl")

    def recovered(self, source: str, archive: str, **target: Any) -> None:
        """Apply a Cluster that is made from another's backups."""
        plugin = {"name": PLUGIN, "parameters": {"barmanObjectName": "store", "serverName": source}}
        recovery = {"recovery": {"source": "origin", **target}}
        self.cluster(
            NEW, archive, bootstrap=recovery, externalClusters=[{"name": "origin", "plugin": plugin}]
        )

    def run(self, ref: Ref = CLUSTER, operator: Operator | None = None, times: int = 1) -> Manifest:
        """Let time pass; returns the Cluster's status."""
        for _ in range(times):
            self.server.ticks += 1
            self.cnpg.act(ref, operator)
            self.cnpg.act(STORE)
        status: Manifest = self.server.objects[ref]["status"]
        return status

    def says(self, type_: str, ref: Ref = CLUSTER) -> tuple[str, str] | None:
        """A Cluster's condition: whether, and in which words."""
        condition = get_condition(self.server.objects[ref], type_)
        return (condition["status"], condition["message"]) if condition else None

    def annotate(self, value: str) -> None:
        """Ask for hibernation, or the end of it."""
        notes = {"annotations": {HIBERNATION: value}}
        self.server.update(CLUSTER, "kubectl", lambda old: old | {"metadata": old["metadata"] | notes})


@pytest.fixture
def hall() -> Hall:
    """One Cluster that has run for a while."""
    hall = Hall()
    hall.cluster()
    hall.run(times=5)
    return hall


def test_what_runs_is_archived_and_backed_up(hall: Hall) -> None:
    """All rows are in the archive, and there is a point from which they can be recovered."""
    assert len(hall.cnpg.rows(CLUSTER)) == 5
    assert [a.rows for a in hall.cnpg.archives.values()] == [hall.cnpg.rows(CLUSTER)]
    assert hall.says("ContinuousArchiving") == ("True", "Continuous archiving is working")
    assert hall.says("LastBackupSucceeded") == ("True", "Backup was successful")
    point = "2026-01-01T00:01:00Z"
    window = {"firstRecoverabilityPoint": point, "lastSuccessfulBackupTime": point}
    assert hall.server.objects[STORE]["status"] == {"serverRecoveryWindow": {"one": window}}


def test_every_night_there_is_a_backup(hall: Hall) -> None:
    """The last one is newer, the first one stays what can be recovered."""
    hall.cnpg.base_backups.nights += 1
    hall.run(times=2)
    window = hall.server.objects[STORE]["status"]["serverRecoveryWindow"]["one"]
    assert window["lastSuccessfulBackupTime"] == "2026-01-01T00:06:00Z"
    assert window["firstRecoverabilityPoint"] == "2026-01-01T00:01:00Z"
    hall.cnpg.base_backups.nights += 1
    hall.run(operator=Instances(backups="no space left"))
    assert hall.says("LastBackupSucceeded") == ("False", "no space left")


def test_failing_archive_says_why_and_holds_nothing_new(hall: Hall) -> None:
    """Rows that weren't archived aren't elsewhere."""
    hall.run(operator=Instances(archiving="exit status 1"))
    assert hall.says("ContinuousArchiving") == ("False", "exit status 1")
    [archive] = hall.cnpg.archives.values()
    assert (len(archive.rows), len(hall.cnpg.rows(CLUSTER))) == (5, 6)


def test_expected_empty_archive(hall: Hall) -> None:
    """A new Cluster that archives where another did runs, is Ready, and never has a backup of its own."""
    hall.server.forget(CLUSTER)
    hall.cluster()
    hall.cnpg.base_backups.nights += 1
    status = hall.run(times=3)
    assert status["phase"] == HEALTHY
    assert hall.says("Ready") == ("True", "Cluster is Ready")
    assert hall.says("ContinuousArchiving") == ("False", NOT_EMPTY)
    assert hall.says("LastBackupSucceeded") == ("False", NOT_EMPTY)
    [archive] = hall.cnpg.archives.values()
    assert set(archive.rows).isdisjoint(hall.cnpg.rows(CLUSTER))


def test_recovery_has_the_rows_of_its_source(hall: Hall) -> None:
    """All of them, or those up to a time."""
    before = hall.cnpg.rows(CLUSTER)
    hall.recovered("one", "two")
    hall.run(NEW)
    assert hall.cnpg.rows(NEW)[:-1] == before
    hall.server.forget(NEW)
    hall.recovered("one", "three", recoveryTarget={"targetTime": "2026-01-01T00:03:00Z"})
    hall.run(NEW)
    assert hall.cnpg.rows(NEW)[:-1] == before[:3]


@pytest.mark.parametrize(
    ("source", "archive", "target"),
    [
        pytest.param("none", "two", {}, id="no-backups"),
        pytest.param("one", "one", {}, id="own-archive-not-empty"),
        pytest.param("one", "two", {"recoveryTarget": {"targetTime": "2025-01-01"}}, id="before-the-first"),
    ],
)
def test_recovery_that_fails(hall: Hall, source: str, archive: str, target: Manifest) -> None:
    """It never becomes an empty database."""
    hall.recovered(source, archive, **target)
    status = hall.run(NEW, times=3)
    assert (status["phase"], status.get("readyInstances")) == (UNRECOVERABLE, None)
    assert hall.says("Ready", NEW) == ("False", "Cluster Is Not Ready")
    assert hall.cnpg.rows(NEW) == []


def test_hibernation(hall: Hall) -> None:
    """Asleep it goes on saying that it is Ready; awake its instances come one by one, with all rows."""
    hall.annotate("on")
    assert "readyInstances" not in hall.run()
    assert hall.says(HIBERNATION) == ("False", "Hibernation is in progress")
    status = hall.run(times=2)
    assert (status["phase"], status.get("readyInstances")) == (HEALTHY, None)
    assert hall.says("Ready") == ("True", "Cluster is Ready")
    assert hall.says(HIBERNATION) == ("True", "Cluster has been hibernated")
    rows = len(hall.cnpg.rows(CLUSTER))
    hall.annotate("off")
    waking = [hall.run() for _ in range(4)]
    assert [status["readyInstances"] for status in waking] == [1, 2, 3, 3]
    assert [status["phase"] for status in waking] == [WAKING, WAKING, HEALTHY, HEALTHY]
    assert hall.says(HIBERNATION) is None
    assert len(hall.cnpg.rows(CLUSTER)) == rows + 4


def test_only_a_healthy_cluster_goes_to_sleep(hall: Hall) -> None:
    """What is being repaired is repaired first."""
    hall.run(operator=Instances("Failing over", down=1))
    hall.annotate("on")
    assert hall.run(operator=Instances("Failing over", down=1))["readyInstances"] == 2
    waits = "Waiting for the cluster to be healthy before proceeding with hibernation"
    assert hall.says(HIBERNATION) == ("False", waits)
    hall.run(times=3)
    assert hall.says(HIBERNATION) == ("True", "Cluster has been hibernated")


def test_upgrade_that_fails(hall: Hall) -> None:
    """The data stays what it was, nothing runs, and going back is the cure."""
    failing = Instances(upgrades=False)
    before = hall.server.objects[CLUSTER]["spec"]["imageName"]
    for image, phase, ready in (("r.dev/postgresql:19.1", UPGRADING, 0), (before, HEALTHY, 3)):
        hall.cluster(imageName=image)
        status = hall.run(operator=failing)
        assert (status["phase"], status.get("readyInstances", 0)) == (phase, ready)
        assert status["pgDataImageInfo"] == {"image": before, "majorVersion": 18}


@pytest.mark.parametrize("phase", PHASES)
def test_ready_follows_from_the_phase(hall: Hall, phase: str) -> None:
    """In every phase but the healthy one Ready is False, though the primary may serve."""
    assert hall.run(operator=Instances(phase, down=0))["phase"] == phase
    status = hall.says("Ready")
    assert status == (("True", "Cluster is Ready") if phase == HEALTHY else ("False", "Cluster Is Not Ready"))
