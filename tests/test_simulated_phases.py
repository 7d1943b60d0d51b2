"""The simulator's CloudNativePG sleeps, wakes and upgrades as the real one does, and says the same of it."""

import pytest

from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import HEALTHY, HIBERNATION, PHASES, UPGRADING, WAKING
from tests.simulated_clusters import CLUSTER, Clusters, running


@pytest.fixture
def clusters() -> Clusters:
    """One Cluster that has run for a while."""
    return running()


def test_hibernation(clusters: Clusters) -> None:
    """Asleep it goes on saying that it is Ready; awake its instances come one by one, with all rows."""
    clusters.annotate("on")
    assert "readyInstances" not in clusters.run()
    assert clusters.says(HIBERNATION) == ("False", "Hibernation is in progress")
    status = clusters.run(times=2)
    assert (status["phase"], status.get("readyInstances")) == (HEALTHY, None)
    assert clusters.says("Ready") == ("True", "Cluster is Ready")
    assert clusters.says(HIBERNATION) == ("True", "Cluster has been hibernated")
    rows = len(clusters.cnpg.rows(CLUSTER))
    clusters.annotate("off")
    waking = [clusters.run() for _ in range(4)]
    assert [status["readyInstances"] for status in waking] == [1, 2, 3, 3]
    assert [status["phase"] for status in waking] == [WAKING, WAKING, HEALTHY, HEALTHY]
    assert clusters.says(HIBERNATION) is None
    assert len(clusters.cnpg.rows(CLUSTER)) == rows + 4


def test_only_a_healthy_cluster_goes_to_sleep(clusters: Clusters) -> None:
    """What is being repaired is repaired first."""
    clusters.run(operator=Instances("Failing over", down=1))
    clusters.annotate("on")
    assert clusters.run(operator=Instances("Failing over", down=1))["readyInstances"] == 2
    waits = "Waiting for the cluster to be healthy before proceeding with hibernation"
    assert clusters.says(HIBERNATION) == ("False", waits)
    clusters.run(times=3)
    assert clusters.says(HIBERNATION) == ("True", "Cluster has been hibernated")


def test_upgrade_that_fails(clusters: Clusters) -> None:
    """The data stays what it was, nothing runs, and going back is the cure."""
    failing = Instances(upgrades=False)
    before = clusters.server.objects[CLUSTER]["spec"]["imageName"]
    for image, phase, ready in (("r.dev/postgresql:19.1", UPGRADING, 0), (before, HEALTHY, 3)):
        clusters.cluster(imageName=image)
        status = clusters.run(operator=failing)
        assert (status["phase"], status.get("readyInstances", 0)) == (phase, ready)
        assert status["pgDataImageInfo"] == {"image": before, "majorVersion": 18}


@pytest.mark.parametrize("phase", PHASES)
def test_ready_follows_from_the_phase(clusters: Clusters, phase: str) -> None:
    """In every phase but the healthy one Ready is False, though the primary may serve."""
    assert clusters.run(operator=Instances(phase, down=0))["phase"] == phase
    status = clusters.says("Ready")
    assert status == (("True", "Cluster is Ready") if phase == HEALTHY else ("False", "Cluster Is Not Ready"))
