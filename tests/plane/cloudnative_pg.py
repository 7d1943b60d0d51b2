"""CloudNativePG's own operator and webhooks. The webhooks judge all namespaces.

The operator works in some namespaces only. In others tests play what it writes.
Its instance managers and volumes are played: see instances.py. So is its plugin for backups: see plugin.py.
"""

import hashlib
import platform
import shutil
import sys
from pathlib import Path

from function.components.database.keys import PLUGIN
from tests.plane.kubectl import wait
from tests.plane.modules import module_folder
from tests.plane.plane import Plane
from tests.plane.programs import program
from tests.plane.volumes import DEFAULT, storage_class
from tests.plane.webhooks import register

ROOT = Path(__file__).parents[2]
MODULE = ("operators", "github.com/cloudnative-pg/cloudnative-pg")
IMAGE = "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0"
NAMESPACE = "cnpg-system"
OPERATED = tuple(f"operated-{number}" for number in range(1, 17))
"""The namespaces that the operator looks at. They are named, as it can't select by label."""
WEBHOOKS = "cnpg-mutating-webhook-configuration"
"""What the operator's webhooks are registered by. No operator runs where it is missing."""
WEBHOOK = 3
"""Which of the plane's ports: the webhook takes no address to listen on."""
PLUGINS = "plugins"
"""The folder of the sockets of plugins, each with its plugin's name."""
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
"""Go's names of machines, by Python's."""


def start_cloudnative_pg(plane: Plane) -> None:
    """The operator, its webhooks, and what answers for the instances of its databases."""
    operator = program("cloudnative-pg")
    plane.cluster.kubectl("create", "namespace", NAMESPACE)
    queries = module_folder(*MODULE) / "config" / "manager" / "default-monitoring.yaml"
    plane.cluster.kubectl("apply", f"--namespace={NAMESPACE}", "--server-side", f"--filename={queries}")
    # It looks for itself in its working folder, once for each architecture that it can bring to instances.
    architecture = ARCHITECTURES[platform.machine()]
    (plane.folder / "operator").mkdir()
    (plane.folder / "operator" / f"manager_{architecture}").symlink_to(operator)
    certificates = plane.folder / "cnpg-webhook"
    certificates.mkdir()
    for name in ("crt", "key"):
        shutil.copy(plane.certificates("operators") / f"tls.{name}", certificates / f"apiserver.{name}")
    webhook, host = plane.addresses.port(WEBHOOK), plane.addresses.host
    start_plugin(plane)
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
            "PLUGIN_SOCKET_DIR": str(plane.folder / PLUGINS),
            "MONITORING_QUERIES_CONFIGMAP": "default-monitoring",
        },
    )
    manifests = module_folder(*MODULE) / "config" / "webhook" / "manifests.yaml"
    register(plane, manifests, f"{host}:{webhook}", prefix="cnpg-")
    plane.cluster.apply(storage_class("grows", **DEFAULT))
    hashed = hashlib.sha256(operator.read_bytes()).hexdigest()
    plane.processes.start(
        "instances",
        *(sys.executable, "-m", "tests.plane.instances"),
        *(plane.kubeconfig("admin"), hashed, architecture),
        env={"PYTHONPATH": str(ROOT)},
    )


def start_plugin(plane: Plane) -> None:
    """The plugin for backups. The operator looks for sockets of plugins once, when it starts."""
    socket = plane.folder / PLUGINS / PLUGIN
    socket.parent.mkdir()
    plane.processes.start(
        "plugin", sys.executable, "-m", "tests.plane.plugin", socket, env={"PYTHONPATH": str(ROOT)}
    )
    wait(socket.exists, bool)
