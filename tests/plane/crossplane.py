"""Crossplane's core with its RBAC manager and webhook, and the function that it asks."""

import re
from typing import Any

import yaml

from tests.plane.modules import module_folder
from tests.plane.plane import Plane
from tests.plane.programs import program
from tests.plane.webhooks import register

MODULE = ("crossplane", "github.com/crossplane/crossplane/v2")
NAMESPACE = "crossplane-system"
WEBHOOK, METRICS, HEALTH = 0, 1, 2
"""Which of the plane's ports: Crossplane takes no address to listen on."""


BREAKER = ("--circuit-breaker-burst=2000", "--circuit-breaker-refill-rate=20")
"""With Crossplane's defaults its circuit breaker opens for each new app, which then waits 30 s and more."""


def start_crossplane(plane: Plane, *options: str) -> None:
    """Crossplane, with the rights that its chart grants and no more. The options are its core's."""
    release = module_folder(*MODULE) / "cluster"
    plane.cluster.kubectl("create", "namespace", NAMESPACE)
    grant_rights(plane, (release / "charts" / "crossplane" / "templates" / "clusterrole.yaml").read_text())
    webhook = plane.addresses.port(WEBHOOK)
    register(plane, release / "webhookconfigurations" / "usage.yaml", f"{plane.addresses.host}:{webhook}")
    core = program("crossplane-core")
    plane.processes.start(
        "crossplane-rbac", core, "rbac", "start", env={"KUBECONFIG": str(plane.kubeconfig("admin"))}
    )
    plane.processes.start(
        "crossplane",
        core,
        "core",
        "start",
        "--debug",
        f"--namespace={NAMESPACE}",
        "--package-runtime=External",
        f"--webhook-port={webhook}",
        f"--tls-server-certs-dir={plane.certificates('operators')}",
        f"--tls-client-certs-dir={plane.certificates('crossplane')}",
        f"--xpkg-cache-dir={plane.folder / 'packages'}",
        f"--metrics-port={plane.addresses.port(METRICS)}",
        f"--health-probe-port={plane.addresses.port(HEALTH)}",
        *options,
        env={"KUBECONFIG": str(plane.kubeconfig("crossplane"))},
    )


def grant_rights(plane: Plane, template: str) -> None:
    """Give Crossplane's user the chart's ClusterRoles. Only their names need the chart's values."""
    named = re.sub(r'\{\{ *template "crossplane.name" \. *\}\}', "crossplane", template)
    roles = [yaml.safe_load(part) for part in re.sub(r"(?m)^.*\{\{.*\n", "", named).split("---\n")]
    group = "rbac.authorization.k8s.io"
    plane.cluster.apply(
        *roles,
        {
            "apiVersion": f"{group}/v1",
            "kind": "ClusterRoleBinding",
            "metadata": {"name": "crossplane"},
            "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": "crossplane"},
            "subjects": [{"apiGroup": group, "kind": "User", "name": "crossplane"}],
        },
    )


def register_function(plane: Plane, name: str, port: int) -> None:
    """Tell Crossplane that a function is served on a port of localhost, with mutual TLS.

    The revision is paused, as no package of it can be pulled here.
    """
    spec: dict[str, Any] = {
        "desiredState": "Active",
        "image": f"example.org/{name}:v0",
        "revision": 1,
        "packagePullPolicy": "Never",
    }
    metadata = {
        "name": f"{name}-1",
        "annotations": {"crossplane.io/paused": "true"},
        "labels": {"pkg.crossplane.io/package": name},
    }
    plane.cluster.apply(
        {
            "apiVersion": "pkg.crossplane.io/v1",
            "kind": "FunctionRevision",
            "metadata": metadata,
            "spec": spec,
        }
    )
    status = {"status": {"endpoint": f"dns:///localhost:{port}", "capabilities": ["composition"]}}
    plane.cluster.patch("functionrevision", f"{name}-1", None, status, "--subresource=status")
