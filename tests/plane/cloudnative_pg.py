"""CloudNativePG's own operator, with its webhooks, for some namespaces. In others tests play its status.

Its instance managers are played in Python: see instances.py. Its volumes are there already.
"""

import hashlib
import platform
import shutil
import sys
from pathlib import Path
from typing import Any

from tests.plane.modules import module_folder
from tests.plane.plane import Plane
from tests.plane.programs import program
from tests.plane.webhooks import register

ROOT = Path(__file__).parents[2]
MODULE = ("operators", "github.com/cloudnative-pg/cloudnative-pg")
IMAGE = "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0"
NAMESPACE = "cnpg-system"
OPERATED = tuple(f"operated-{number}" for number in range(1, 9))
"""The namespaces that the operator and its webhooks look at. They are named, as it can't select by label."""
WEBHOOKS = "cnpg-mutating-webhook-configuration"
"""What the operator's webhooks are registered by. No operator runs where it is missing."""
WEBHOOK = 3
"""Which of the plane's ports: the webhook takes no address to listen on."""
VOLUMES = 24
"""Enough for the databases of a test run, which never use one twice."""
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
"""Go's names of machines, by Python's."""


def start_cloudnative_pg(plane: Plane) -> None:
    """The operator, its webhooks, and what answers for the instances of its databases."""
    operator = program("cloudnative-pg")
    plane.cluster.kubectl("create", "namespace", NAMESPACE)
    # It looks for itself in its working folder, once for each architecture that it can bring to instances.
    architecture = ARCHITECTURES[platform.machine()]
    (plane.folder / "operator").mkdir()
    (plane.folder / "operator" / f"manager_{architecture}").symlink_to(operator)
    certificates = plane.folder / "cnpg-webhook"
    certificates.mkdir()
    for name in ("crt", "key"):
        shutil.copy(plane.certificates("operators") / f"tls.{name}", certificates / f"apiserver.{name}")
    webhook, host = plane.addresses.port(WEBHOOK), plane.addresses.host
    plane.processes.start(
        "cloudnative-pg",
        operator,
        "controller",
        f"--webhook-port={webhook}",
        f"--metrics-bind-address={host}:8087",
        env={
            "KUBECONFIG": str(plane.kubeconfig("admin")),
            "OPERATOR_NAMESPACE": NAMESPACE,
            "OPERATOR_IMAGE_NAME": IMAGE,
            "WATCH_NAMESPACE": ",".join(OPERATED),
            "WEBHOOK_CERT_DIR": str(certificates),
            "MONITORING_QUERIES_CONFIGMAP": "",
        },
    )
    manifests = module_folder(*MODULE) / "config" / "webhook" / "manifests.yaml"
    register(plane, manifests, f"{host}:{webhook}", prefix="cnpg-", namespaces=OPERATED)
    plane.cluster.apply(*map(volume, range(VOLUMES)))
    hashed = hashlib.sha256(operator.read_bytes()).hexdigest()
    plane.processes.start(
        "instances",
        *(sys.executable, "-m", "tests.plane.instances"),
        *(plane.kubeconfig("admin"), hashed, architecture),
        env={"PYTHONPATH": str(ROOT)},
    )


def volume(number: int) -> dict[str, Any]:
    """A volume that any claim of a size up to 100Gi is bound to. Nothing is stored in it."""
    spec = {
        "capacity": {"storage": "100Gi"},
        "accessModes": ["ReadWriteOnce"],
        "hostPath": {"path": "/nonexistent"},
    }
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": f"volume-{number}"},
        "spec": spec,
    }
