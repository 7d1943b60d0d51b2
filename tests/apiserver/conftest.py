"""etcd and kube-apiserver, from where envtest looks for them: the folder KUBEBUILDER_ASSETS."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.certificates import write_key
from tests.live.cluster import Cluster, RefusedError, wait
from tests.schemas import CRDS
from tests.serving import free_port

ASSETS = os.environ.get("KUBEBUILDER_ASSETS")
KUBECONFIG = """\
apiVersion: v1
kind: Config
current-context: own
clusters: [{{name: own, cluster: {{server: "https://127.0.0.1:{port}", insecure-skip-tls-verify: true}}}}]
contexts: [{{name: own, context: {{cluster: own, user: admin}}}}]
users: [{{name: admin, user: {{token: admin}}}}]
"""


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """An API server that knows the CRDs of others."""
    if not (ASSETS and shutil.which("kubectl")):
        pytest.skip("KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver, or there is no kubectl")
    if not CRDS:
        pytest.skip("NODEAPP_CRDS names no folder of CRDs")
    folder = tmp_path_factory.mktemp("apiserver")
    with ExitStack() as stack:
        etcd, port = start_etcd(stack, folder), free_port()
        start_apiserver(stack, folder, etcd, port)
        (folder / "kubeconfig").write_text(KUBECONFIG.format(port=port))
        own = Cluster(folder / "kubeconfig")
        wait(lambda: ready(own), bool)
        own.kubectl("apply", "--server-side", "-f", CRDS)
        yield own


def start_etcd(stack: ExitStack, folder: Path) -> str:
    """Where it listens."""
    client, peer = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    data = ("--data-dir", str(folder / "etcd"), "--unsafe-no-fsync")
    clients = ("--listen-client-urls", client, "--advertise-client-urls", client)
    peers = ("--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer)
    start(stack, folder, "etcd", *data, *clients, *peers, "--initial-cluster", f"default={peer}")
    return client


def start_apiserver(stack: ExitStack, folder: Path, etcd: str, port: int) -> None:
    """Let it listen, to somebody who may do everything."""
    (folder / "tokens.csv").write_text("admin,admin,admin,system:masters\n")
    key = write_key(folder / "accounts.key")
    start(
        stack,
        folder,
        "kube-apiserver",
        *(f"--etcd-servers={etcd}", f"--secure-port={port}", "--bind-address=127.0.0.1"),
        *("--authorization-mode=RBAC", f"--token-auth-file={folder / 'tokens.csv'}"),
        *(f"--service-account-key-file={key}", f"--service-account-signing-key-file={key}"),
        *("--service-account-issuer=https://localhost", f"--cert-dir={folder / 'certificates'}"),
        *("--service-cluster-ip-range=10.0.0.0/24", "--disable-admission-plugins=ServiceAccount"),
    )


def start(stack: ExitStack, folder: Path, program: str, *options: str) -> None:
    """Run a program until the end."""
    log = stack.enter_context((folder / f"{program}.log").open("w"))
    command = [str(Path(ASSETS or "") / program), *options]
    process = stack.enter_context(subprocess.Popen(command, stdout=log, stderr=log))  # noqa: S603  # Named on purpose.
    stack.callback(process.kill)


def ready(cluster: Cluster) -> bool:
    """Whether it answers."""
    try:
        return cluster.kubectl("get", "--raw", "/readyz") == "ok"
    except RefusedError:
        return False
