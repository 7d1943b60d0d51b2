"""Starting and stopping a whole control plane."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.plane import crds
from tests.plane.addresses import claim
from tests.plane.cloudnative_pg import start_cloudnative_pg
from tests.plane.crossplane import BREAKER, start_crossplane
from tests.plane.kubectl import Cluster
from tests.plane.kubernetes import start_api, start_controllers
from tests.plane.plane import Plane
from tests.plane.processes import Processes
from tests.plane.programs import build_all

PREFIX = "nodeapp-plane-"
"""Of the folders that hold a control plane's state."""
LOCK = "lock"
NEEDED = (
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kubectl",
    "kwok",
    "crossplane-core",
)


def prepare(report: Callable[[str], None], *, operator: bool) -> None:
    """Build what isn't built yet, and bring what isn't there yet. Raises MissingError."""
    for missing in build_all(report, (*NEEDED, *(["cloudnative-pg"] if operator else []))):
        raise missing
    crds.collect()


@contextmanager
def plane() -> Iterator[Plane]:
    """A control plane that doesn't run yet: addresses, certificates, a folder. It is stopped in the end."""
    with ExitStack() as stack:
        addresses = stack.enter_context(claim())
        folder = stack.enter_context(state_folder())
        own = Plane(folder, addresses, Processes(folder))
        stack.callback(own.processes.stop)
        yield own


@contextmanager
def state_folder() -> Iterator[Path]:
    """A folder that goes with the block. What killed processes left of theirs goes too."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        forget(left)
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with (folder / "unlocked").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            (folder / "unlocked").rename(folder / LOCK)
            yield folder


def forget(folder: Path) -> None:
    """Remove a control plane's folder if it is ours and nothing holds its lock any more."""
    with suppress(OSError), (folder / LOCK).open() as lock:
        if folder.stat().st_uid == os.getuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


def start(own: Plane, *options: str, operator: bool = False, breaker: Sequence[str] = BREAKER) -> None:
    """An empty cluster with Crossplane and the CRDs of others, and if wanted CloudNativePG's operator.

    The options are Crossplane's. `breaker`: those of its circuit breaker. As docs/install.md has it, no app
    waits for it.
    """
    start_api(own)
    apply_crds(own.cluster)
    start_controllers(own)
    start_crossplane(own, *breaker, *options)
    if operator:
        start_cloudnative_pg(own)


def apply_crds(cluster: Cluster) -> None:
    """Apply all CRDs that are known here, and wait until they are served.

    An operator that starts earlier ends at once, and nothing starts it again.
    """
    files = (f"--filename={file}" for file in sorted(crds.known().values()))
    cluster.kubectl("apply", "--server-side", *files)
    cluster.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=120s")


def wipe(own: Plane) -> None:
    """Lose everything: stop all programs, and forget what etcd stored."""
    own.processes.stop()
    shutil.rmtree(own.folder / "etcd")
