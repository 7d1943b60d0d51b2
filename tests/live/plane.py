"""A throwaway control plane with the packages installed and the function served to it."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from function.api.names import PLATFORM_NAME, SETTINGS_API_VERSION
from package.registry import published
from tests.live.cluster import Cluster, wait
from tests.schemas import CRDS
from tests.serving import Server, free_port, served

PACKAGE = Path(__file__).parents[2] / "package"
STORE = {"destinationPath": "s3://backups", "s3Credentials": {"inheritFromIAMRole": True}}
"""Where backups would go: no operator runs here, so nothing is sent."""
SLOWLY = 180.0
"""Seconds that Crossplane may take to offer an API, on a machine with much else to do."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A control plane, started and stopped by a folder's scripts. Its state is in another folder."""

    scripts: Path
    folder: Path
    record: bool = False
    """Whether what Crossplane asks and is answered goes to calls.jsonl, beside the kubeconfig."""
    port: int = field(default_factory=free_port)
    """Where Crossplane finds the function."""

    @property
    def cluster(self) -> Cluster:
        """What kubectl reaches."""
        return Cluster(self.folder / "kubeconfig")

    def script(self, name: str, *arguments: str) -> None:
        """Run one of the scripts. Raises RuntimeError with what it prints on failure."""
        command = ["bash", str(self.scripts / name), *arguments]
        done = subprocess.run(  # noqa: S603  # Named on purpose.
            command, env=os.environ | {"W": str(self.folder)}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            msg = f"{name}: {done.stdout}{done.stderr}"
            raise RuntimeError(msg)

    def start(self, installed: Callable[[Cluster], None]) -> None:
        """An empty cluster in which something is installed, and which will ask the function."""
        self.script("up.sh")
        installed(self.cluster)
        self.script("function.sh", published().function_name, str(self.port))

    @contextmanager
    def function(self) -> Iterator[Server]:
        """The function, served until the block ends, and Crossplane ready to ask it."""
        options = ["--tls-certs-dir", str(self.folder / "mtls" / "fn")]
        module = "tests.live.record" if self.record else "function.main"
        if self.record:
            options += ["--log", str(self.folder / "calls.jsonl")]
        with (
            (self.folder / "function.log").open("a") as log,
            served(*options, port=self.port, module=module, output=log) as server,
        ):
            self.offers_the_api()
            yield server

    def offers_the_api(self) -> None:
        """Wait until NodeApps can be written. Fails with what Crossplane says of its XRDs."""

        def offered() -> str:
            kinds = self.cluster.kubectl("api-resources", "--api-group=platform.io", "--no-headers")
            return "" if "NodeApp" in kinds else self.cluster.kubectl("describe", "xrd")

        wait(offered, lambda missing: not missing, SLOWLY)


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


def govern(cluster: Cluster, spec: Mapping[str, Any]) -> None:
    """What the platform engineer decides for all apps."""
    platform = {"apiVersion": SETTINGS_API_VERSION, "kind": "Platform", "metadata": {"name": PLATFORM_NAME}}
    cluster.apply(platform | {"spec": dict(spec)})


@contextmanager
def running(plane: Plane, installed: Callable[[Cluster], None] = install) -> Iterator[Plane]:
    """A control plane that runs, without the function; all of it is stopped in the end."""
    try:
        plane.start(installed)
        yield plane
    finally:
        plane.script("down.sh")


@contextmanager
def up(
    scripts: Path, folder: Path, *, record: bool = False, installed: Callable[[Cluster], None] = install
) -> Iterator[Cluster]:
    """A control plane that runs, and asks the function."""
    with running(Plane(scripts, folder, record), installed) as plane, plane.function():
        yield plane.cluster
