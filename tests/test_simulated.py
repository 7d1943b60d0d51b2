"""The simulator's CloudNativePG does with data what the real one does: the tests of safety rest on it."""

import pytest

from tests.simulated.cnpg import NOT_EMPTY
from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import HEALTHY, UNRECOVERABLE
from tests.simulated.server_side_apply import Manifest
from tests.simulated_clusters import CLUSTER, NEW, STORE, Clusters, running


@pytest.fixture
def clusters() -> Clusters:
    """One Cluster that has run for a while."""
    return running()


def test_what_runs_is_archived_and_backed_up(clusters: Clusters) -> None:
    """All rows are in the archive, and there is a point from which they can be recovered."""
    assert len(clusters.cnpg.rows(CLUSTER)) == 5
    assert [a.rows for a in clusters.cnpg.archives.values()] == [clusters.cnpg.rows(CLUSTER)]
    assert clusters.says("ContinuousArchiving") == ("True", "Continuous archiving is working")
    assert clusters.says("LastBackupSucceeded") == ("True", "Backup was successful")
    point = "2026-01-01T00:01:00Z"
    window = {"firstRecoverabilityPoint": point, "lastSuccessfulBackupTime": point}
    assert clusters.server.objects[STORE]["status"] == {"serverRecoveryWindow": {"one": window}}


def test_every_night_there_is_a_backup(clusters: Clusters) -> None:
    """The last one is newer, the first one stays what can be recovered."""
    clusters.cnpg.base_backups.nights += 1
    clusters.run(times=2)
    window = clusters.server.objects[STORE]["status"]["serverRecoveryWindow"]["one"]
    assert window["lastSuccessfulBackupTime"] == "2026-01-01T00:06:00Z"
    assert window["firstRecoverabilityPoint"] == "2026-01-01T00:01:00Z"
    clusters.cnpg.base_backups.nights += 1
    clusters.run(operator=Instances(backups="no space left"))
    assert clusters.says("LastBackupSucceeded") == ("False", "no space left")


def test_failing_archive_says_why_and_holds_nothing_new(clusters: Clusters) -> None:
    """Rows that weren't archived aren't elsewhere."""
    clusters.run(operator=Instances(archiving="exit status 1"))
    assert clusters.says("ContinuousArchiving") == ("False", "exit status 1")
    [archive] = clusters.cnpg.archives.values()
    assert (len(archive.rows), len(clusters.cnpg.rows(CLUSTER))) == (5, 6)


def test_expected_empty_archive(clusters: Clusters) -> None:
    """A new Cluster that archives where another did runs, is Ready, and never has a backup of its own."""
    clusters.server.forget(CLUSTER)
    clusters.cluster()
    clusters.cnpg.base_backups.nights += 1
    status = clusters.run(times=3)
    assert status["phase"] == HEALTHY
    assert clusters.says("Ready") == ("True", "Cluster is Ready")
    assert clusters.says("ContinuousArchiving") == ("False", NOT_EMPTY)
    assert clusters.says("LastBackupSucceeded") == ("False", NOT_EMPTY)
    [archive] = clusters.cnpg.archives.values()
    assert set(archive.rows).isdisjoint(clusters.cnpg.rows(CLUSTER))


def test_recovery_has_the_rows_of_its_source(clusters: Clusters) -> None:
    """All of them, or those up to a time."""
    before = clusters.cnpg.rows(CLUSTER)
    clusters.recovered("one", "two")
    clusters.run(NEW)
    assert clusters.cnpg.rows(NEW)[:-1] == before
    clusters.server.forget(NEW)
    clusters.recovered("one", "three", recoveryTarget={"targetTime": "2026-01-01T00:03:00Z"})
    clusters.run(NEW)
    assert clusters.cnpg.rows(NEW)[:-1] == before[:3]


@pytest.mark.parametrize(
    ("source", "archive", "target"),
    [
        pytest.param("none", "two", {}, id="no-backups"),
        pytest.param("one", "one", {}, id="own-archive-not-empty"),
        pytest.param("one", "two", {"recoveryTarget": {"targetTime": "2025-01-01"}}, id="before-the-first"),
    ],
)
def test_recovery_that_fails(clusters: Clusters, source: str, archive: str, target: Manifest) -> None:
    """It never becomes an empty database."""
    clusters.recovered(source, archive, **target)
    status = clusters.run(NEW, times=3)
    assert (status["phase"], status.get("readyInstances")) == (UNRECOVERABLE, None)
    assert clusters.says("Ready", NEW) == ("False", "Cluster Is Not Ready")
    assert clusters.cnpg.rows(NEW) == []
