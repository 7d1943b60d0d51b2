"""A throwaway control plane with the packages installed and the function served to it."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from function.names import FUNCTION, PLATFORM_NAME, SETTINGS_API_VERSION
from tests.live.cluster import Cluster, wait
from tests.schemas import CRDS
from tests.serving import free_port, served

PACKAGE = Path(__file__).parents[2] / "package"
STORE = {"destinationPath": "s3://backups", "s3Credentials": {"inheritFromIAMRole": True}}
"""Where backups would go: no operator runs here, so nothing is sent."""


def install(cluster: Cluster) -> None:
    """What a platform engineer installs: others' CRDs, then ours."""
    if CRDS:
        cluster.kubectl("apply", "--server-side", "-f", CRDS)
    cluster.kubectl("apply", "--server-side", "-k", str(PACKAGE / "install"))
    cluster.kubectl("wait", "--for=condition=Established", "crd/platforms.nodeapp.platform.io")
    cluster.kubectl("apply", "--server-side", "-f", str(PACKAGE / "install" / "platform.yaml"))
    for name in ("definition", "composition"):
        cluster.kubectl("apply", "--server-side", "-f", str(PACKAGE / "classic" / f"{name}.yaml"))
    govern(cluster, {"database": {"objectStore": STORE}})


@contextmanager
def up(
    scripts: Path,
    folder: Path,
    *,
    record: bool = False,
    installed: Callable[[Cluster], None] = install,
) -> Iterator[Cluster]:
    """Start it with the folder's scripts, and stop all of it in the end.

    `record`: what Crossplane asks and is answered goes to calls.jsonl, beside the kubeconfig.
    """

    def script(name: str, *arguments: str) -> None:
        command = ["bash", str(scripts / name), *arguments]
        done = subprocess.run(  # noqa: S603  # Named on purpose.
            command, env=os.environ | {"W": str(folder)}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            msg = f"{name}: {done.stdout}{done.stderr}"
            raise RuntimeError(msg)

    cluster, port = Cluster(folder / "kubeconfig"), free_port()
    try:
        script("up.sh")
        installed(cluster)
        script("function.sh", FUNCTION, str(port))
        options = ["--tls-certs-dir", str(folder / "mtls" / "fn")]
        module = "tests.live.record" if record else "function.main"
        if record:
            options += ["--log", str(folder / "calls.jsonl")]
        with (
            (folder / "function.log").open("w") as log,
            served(*options, port=port, module=module, output=log),
        ):
            wait(
                lambda: cluster.kubectl("api-resources", "--api-group=platform.io"),
                lambda kinds: "NodeApp" in kinds,
            )
            yield cluster
    finally:
        script("down.sh")


def govern(cluster: Cluster, spec: Mapping[str, Any]) -> None:
    """What the platform engineer decides for all apps."""
    platform = {"apiVersion": SETTINGS_API_VERSION, "kind": "Platform", "metadata": {"name": PLATFORM_NAME}}
    cluster.apply(platform | {"spec": dict(spec)})
