"""The API server admits every pod of ours to a namespace that enforces restricted Pod Security.

Policy: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
"""

import json
from collections.abc import Iterator

import pytest

from tests.linters.golden_objects import responses
from tests.plane.kubectl import Cluster, Json, RefusedError

WORKLOADS = ("apps/v1", "batch/v1")
"""The kinds whose pods are as their template says. CloudNativePG adds to a Pooler's template."""
PRIVILEGED = {"containers": [{"name": "web", "image": "web:1", "securityContext": {"privileged": True}}]}


def pods() -> Iterator[tuple[str, Json]]:
    """The spec of every pod that an object of a golden describes, with a name that says where it is."""
    for golden, objects in responses():
        for manifest in objects:
            for spec in specs(manifest) if manifest["apiVersion"] in WORKLOADS else ():
                yield f"{golden}-{manifest['kind']}-{manifest['metadata']['name']}".lower(), spec


def specs(value: object) -> Iterator[Json]:
    """Every pod's spec below a value, however deep. Its priority class would have to exist here: left out."""
    if isinstance(value, dict):
        if "containers" in value:
            yield {key: each for key, each in value.items() if key != "priorityClassName"}
        else:
            for each in value.values():
                yield from specs(each)


def submit(cluster: Cluster, namespace: str, *named: tuple[str, Json]) -> str:
    """Create pods in a dry run: what the API server says. Raises RefusedError."""
    items = [
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": name, "namespace": namespace},
            "spec": spec,
        }
        for name, spec in named
    ]
    given = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    return cluster.kubectl("create", "--dry-run=server", "-o", "name", "-f", "-", given=given)


def test_every_pod_is_admitted(cluster: Cluster, restricted: str) -> None:
    """Those of every golden are, whatever fields they have."""
    ours = list(pods())
    assert len(submit(cluster, restricted, *ours).splitlines()) == len(ours) > 0


def test_the_policy_is_enforced(cluster: Cluster, restricted: str) -> None:
    """A privileged pod isn't admitted there."""
    with pytest.raises(RefusedError, match='violates PodSecurity "restricted'):
        submit(cluster, restricted, ("privileged", PRIVILEGED))
