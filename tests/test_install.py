"""What package/install puts into a cluster, as kubectl renders it."""

from typing import Any

import pytest

from package.registry import published
from tests.installed import rendered
from tests.schemas import needs_crds, problems

STYLES = {"install": "classic", "install-modern": "modern"}
"""Folder → package of its Configuration."""


@pytest.mark.parametrize("folder", STYLES)
def test_both_styles_install_the_same_but_the_api(folder: str) -> None:
    """One command installs it all, causes before effects; the Platform is people's own and not part of it."""
    objects = rendered(folder)
    assert list(objects) == [
        *("CustomResourceDefinition", "ClusterRole", "DeploymentRuntimeConfig", "PodDisruptionBudget"),
        *("NetworkPolicy", "Function", "Configuration"),
    ]
    image = published().image(STYLES[folder])
    assert objects["Configuration"]["spec"] == {"package": f"{image}:v{published().version}"}
    assert objects["Configuration"]["metadata"]["name"] == "configuration-nodeapp"


def test_the_function_is_the_one_that_the_composition_calls() -> None:
    """Installed here or as a dependency it has one name, so that there is one Function."""
    objects = rendered("install")
    function = objects["Function"]
    assert function["metadata"]["name"] == published().function_name
    assert function["spec"]["package"] == f"{published().image('function')}:v{published().version}"
    assert function["spec"]["runtimeConfigRef"] == {
        "name": objects["DeploymentRuntimeConfig"]["metadata"]["name"]
    }


@needs_crds
@pytest.mark.parametrize("folder", STYLES)
def test_objects_satisfy_the_schemas(folder: str) -> None:
    """The API server knows every field of what is installed."""
    # No schema is at hand for the first, and names of the second may have colons.
    judged = rendered(folder).keys() - {"CustomResourceDefinition", "ClusterRole"}
    assert [problems(rendered(folder)[kind]) for kind in judged] == [[]] * len(judged)


def deployment() -> dict[str, Any]:
    """The spec of the function's Deployment, as far as it is ours to say."""
    template = rendered("install")["DeploymentRuntimeConfig"]["spec"]["deploymentTemplate"]
    spec: dict[str, Any] = template["spec"]
    return spec


def pod() -> dict[str, Any]:
    """The spec of its pods."""
    spec: dict[str, Any] = deployment()["template"]["spec"]
    return spec


def selector() -> dict[str, Any]:
    """A selector of its pods, and of no others: by all the labels that they are given here."""
    return {"matchLabels": deployment()["template"]["metadata"]["labels"]}


def test_the_function_runs_restricted_and_without_rights() -> None:
    """Pod Security's strictest profile, a read-only root, no token of the API server."""
    spec = pod()
    [container] = spec["containers"]
    assert container["name"] == "package-runtime"
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 65532,
        "runAsGroup": 65532,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "runAsNonRoot": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"RoleBinding", "ClusterRoleBinding"}.isdisjoint(rendered("install"))


def test_the_function_outlives_a_node() -> None:
    """Its pods are spread, one may go at a time, and each is asked whether it listens."""
    spec, objects = pod(), rendered("install")
    assert deployment()["replicas"] == 2
    assert {c["topologyKey"] for c in spec["topologySpreadConstraints"]} == {
        "kubernetes.io/hostname",
        "topology.kubernetes.io/zone",
    }
    assert all(c["labelSelector"] == selector() for c in spec["topologySpreadConstraints"])
    assert objects["PodDisruptionBudget"]["spec"] == {"maxUnavailable": 1, "selector": selector()}
    [container] = spec["containers"]
    probes = [container[f"{which}Probe"] for which in ("startup", "readiness", "liveness")]
    assert all(probe["tcpSocket"] == {"port": "grpc"} for probe in probes)


def test_crossplane_alone_reaches_the_function() -> None:
    """Nothing else may talk to it, and it talks to nobody."""
    policy = rendered("install")["NetworkPolicy"]["spec"]
    assert policy == {
        "podSelector": selector(),
        "policyTypes": ["Ingress", "Egress"],
        "ingress": [
            {
                "from": [{"podSelector": {"matchLabels": {"app": "crossplane"}}}],
                "ports": [{"protocol": "TCP", "port": 9443}],
            }
        ],
    }
