"""The product on a control plane: what a platform engineer installs, and the function, served."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from function.api.names import PLATFORM_NAME, SETTINGS_API_VERSION
from package.registry import published
from tests.plane.crossplane import register_function
from tests.plane.kubectl import Cluster, wait
from tests.plane.plane import Plane
from tests.serving import Server, served

PACKAGE = Path(__file__).parents[2] / "package"
STORE = {"destinationPath": "s3://backups", "s3Credentials": {"inheritFromIAMRole": True}}
"""Where backups would go: no barman-cloud plugin runs here, so nothing is sent."""
FUNCTION_PORT = 4
"""Which of the plane's ports the function listens on: its certificate is that of localhost."""
SLOWLY = 180.0
"""Seconds that Crossplane may take to offer an API, on a machine with much else to do."""


def install(cluster: Cluster, style: str = "classic") -> None:
    """What a platform engineer installs, with the API in classic or modern style."""
    cluster.kubectl("apply", "--server-side", "-k", str(PACKAGE / "install"))
    cluster.kubectl("wait", "--for=condition=Established", "crd/platforms.nodeapp.platform.io")
    cluster.kubectl("apply", "--server-side", "-f", str(PACKAGE / "install" / "platform.yaml"))
    for name in ("definition", "composition"):
        cluster.kubectl("apply", "--server-side", "-f", str(PACKAGE / style / f"{name}.yaml"))
    govern(cluster, {"database": {"objectStore": STORE}})


def govern(cluster: Cluster, spec: Mapping[str, Any]) -> None:
    """What the platform engineer decides for all apps."""
    platform = {"apiVersion": SETTINGS_API_VERSION, "kind": "Platform", "metadata": {"name": PLATFORM_NAME}}
    cluster.apply(platform | {"spec": dict(spec)})


@contextmanager
def function(plane: Plane, *, record: bool = False, tree: Path | None = None) -> Iterator[Server]:
    """The function, served until the block ends, and Crossplane ready to ask it.

    With `record`, what Crossplane asks and is answered goes to calls.jsonl beside the kubeconfig.
    `tree`: another checkout, whose function is served with its own .venv.
    """
    port = plane.addresses.port(FUNCTION_PORT)
    register_function(plane, published().function_name, port)
    options = ["--tls-certs-dir", str(plane.certificates("function"))]
    if record:
        options += ["--log", str(plane.folder / "calls.jsonl")]
    module = "tests.live.record" if record else "function.main"
    with (
        plane.processes.log("function").open("a") as log,
        served(*options, port=port, module=module, output=log, **source(tree)) as server,
    ):
        offers_the_api(plane.cluster)
        yield server


def source(tree: Path | None) -> dict[str, Any]:
    """How the function of a checkout is started; None: this one's."""
    return {} if tree is None else {"folder": tree, "python": tree / ".venv" / "bin" / "python"}


def offers_the_api(cluster: Cluster) -> None:
    """Wait until NodeApps can be written. Fails with what Crossplane says of its XRDs."""

    def offered() -> str:
        kinds = cluster.kubectl("api-resources", "--api-group=platform.io", "--no-headers")
        return "" if "NodeApp" in kinds else cluster.kubectl("describe", "xrd")

    wait(offered, lambda missing: not missing, SLOWLY)
