"""Kubernetes: etcd, API server, controller manager, scheduler, and KWOK in place of kubelets."""

import os
from typing import Any

import yaml

from tests.certificates import write_key
from tests.plane.kubectl import Cluster, RefusedError, wait
from tests.plane.plane import Plane
from tests.plane.programs import program
from tests.plane.stages import PROGRAMS, write_stages

NODES = ("a", "b")
"""Two, in two zones: enough for what has to be spread."""
CAPACITY = {"cpu": "32", "memory": "256Gi", "ephemeral-storage": "100Gi", "pods": "500"}
WITHOUT = ("node-ipam-controller", "node-route-controller", "cloud-node-lifecycle-controller")
"""Controllers that want a cloud."""
KUBELET_PORT = 10247
"""Where KWOK answers as the kubelet of all nodes."""
SLOWLY = 120.0
"""Seconds that the API server may take to come up, on a machine with much else to do."""


def start_api(plane: Plane) -> None:
    """An empty API server, with etcd behind it. Returns once it answers."""
    start_etcd(plane)
    host, tls = plane.addresses.host, plane.certificates("kube-apiserver")
    key = plane.folder / "accounts.key"
    if not key.exists():
        write_key(key)
    plane.processes.start(
        "kube-apiserver",
        program("kube-apiserver"),
        f"--etcd-servers=http://{host}:2379",
        f"--bind-address={host}",
        f"--advertise-address={host}",
        f"--secure-port={plane.url.rpartition(':')[2]}",
        f"--tls-cert-file={tls / 'tls.crt'}",
        f"--tls-private-key-file={tls / 'tls.key'}",
        f"--token-auth-file={plane.write_credentials()}",
        "--authorization-mode=RBAC",
        f"--service-account-issuer={plane.url}",
        f"--service-account-key-file={key}",
        f"--service-account-signing-key-file={key}",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--endpoint-reconciler-type=none",  # No traffic goes through Services, and loopback is refused there.
        "--allow-privileged=true",
        "--kubelet-preferred-address-types=InternalIP",
        "--disable-admission-plugins=ServiceAccount",  # It would mount tokens for which no kubelet asks.
    )
    wait(lambda: plane.processes.ended() or answers(plane.cluster), bool, SLOWLY)
    if problems := plane.processes.ended():
        raise RuntimeError("\n".join(problems))


def start_etcd(plane: Plane) -> None:
    """The store, without a disk's promises: nothing here outlives the folder."""
    host = plane.addresses.host
    client, peer = f"http://{host}:2379", f"http://{host}:2380"
    plane.processes.start(
        "etcd",
        program("etcd"),
        f"--data-dir={plane.folder / 'etcd'}",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}",
        f"--initial-advertise-peer-urls={peer}",
        f"--initial-cluster=default={peer}",
        "--unsafe-no-fsync",
        "--log-level=error",
    )


def answers(cluster: Cluster) -> bool:
    """Whether the API server is ready."""
    try:
        return cluster.kubectl("get", "--raw", "/readyz") == "ok"
    except RefusedError:
        return False


def start_controllers(plane: Plane) -> None:
    """What makes Deployments roll out: controllers, a scheduler, and nodes whose pods become ready."""
    config, host = plane.kubeconfig("admin"), plane.addresses.host
    certificates, kubelet = plane.folder / "tls" / "self-signed", plane.certificates("kubelet")
    common = (f"--kubeconfig={config}", "--leader-elect=false", f"--bind-address={host}")
    plane.processes.start(
        "kube-controller-manager",
        program("kube-controller-manager"),
        *common,
        f"--controllers=*,{','.join(f'-{name}' for name in WITHOUT)}",
        f"--cert-dir={certificates}",
        "--use-service-account-credentials=false",
        f"--service-account-private-key-file={plane.folder / 'accounts.key'}",
    )
    plane.processes.start("kube-scheduler", program("kube-scheduler"), *common, f"--cert-dir={certificates}")
    plane.processes.start(
        "kwok",
        program("kwok"),
        f"--kubeconfig={config}",
        f"--server-address={host}:{KUBELET_PORT}",
        f"--tls-cert-file={kubelet / 'tls.crt'}",
        f"--tls-private-key-file={kubelet / 'tls.key'}",
        f"--cidr={plane.addresses.pods}",
        f"--config={write_stages(plane.folder / 'stages.yaml')}",
        "--manage-all-nodes=true",
        "--node-lease-duration-seconds=40",
        env={"PATH": f"{plane.folder / PROGRAMS}{os.pathsep}{os.environ['PATH']}"},
    )
    # Not applied: a server-side apply ignores a node's status.
    plane.cluster.kubectl("create", "-f", "-", given=yaml.safe_dump_all(node(name, host) for name in NODES))


def node(name: str, host: str) -> dict[str, Any]:
    """A node in a zone of its own. KWOK is its kubelet too: it plays logs and exec."""
    labels = {"kubernetes.io/hostname": f"node-{name}", "topology.kubernetes.io/zone": f"zone-{name}"}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": f"node-{name}",
            "labels": labels,
            "annotations": {"kwok.x-k8s.io/node": "fake"},
        },
        "status": {
            "allocatable": CAPACITY,
            "capacity": CAPACITY,
            "addresses": [{"type": "InternalIP", "address": host}],
            "daemonEndpoints": {"kubeletEndpoint": {"Port": KUBELET_PORT}},
        },
    }
