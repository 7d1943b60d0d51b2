"""A namespace that enforces restricted Pod Security."""

import pytest

from tests.plane.kubectl import Cluster


@pytest.fixture(scope="session")
def restricted(cluster: Cluster) -> str:
    """The name of a namespace that refuses what the policy forbids."""
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    metadata = {"name": "restricted", "labels": labels}
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
    return "restricted"
