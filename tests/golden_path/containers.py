"""A kubelet for one container: it runs an image as a Pod's spec says, without a container engine.

The image's files and those of the base image's programs are all there is, the root can't be written to
unless the spec allows it, the user is the spec's, and it has no capability. Only the network is the host's.
"""

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.golden_path.base_images import Base, Mount
from tests.golden_path.images import Image
from tests.golden_path.processes import program_path, run_to_end, running
from tests.golden_path.variables import replaced, variables
from tests.golden_path.volumes import Node, mounts

Manifest = Mapping[str, Any]
SYSTEM = ("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib64")
HOSTS = "127.0.0.1 localhost elsewhere\n"
"""Two names for this machine: certificates vouch for the first."""


@dataclass(frozen=True, slots=True)
class Container:
    """One that runs."""

    process: subprocess.Popen[str]
    pid: int
    log: Path

    def stop(self, within: float) -> int:
        """What the kubelet does in the end: SIGTERM, and wait. Returns the exit code."""
        os.kill(self.pid, signal.SIGTERM)
        return self.process.wait(within)

    def peak(self) -> int:
        """The most memory that its first process had, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) // 1024


@dataclass(frozen=True, slots=True)
class Pod:
    """A Deployment's pod, of an image that is at hand."""

    image: Image
    base: Base
    spec: Manifest
    node: Node

    def run(self, name: str, *, within: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a container to its end."""
        containers = [*self.spec.get("initContainers", ()), *self.spec["containers"]]
        [container] = [each for each in containers if each["name"] == name]
        return run_to_end(self.command(container), within=within)

    @contextmanager
    def running(self) -> Iterator[Container]:
        """Run the container until the end of the block, from when it listens."""
        [container] = self.spec["containers"]
        port = next(port["containerPort"] for port in container["ports"] if port["name"] == "http")
        user = container["securityContext"]
        log = self.node.folder / f"{container['name']}-{port}.log"
        log.touch()
        os.chown(log, user["runAsUser"], user["runAsGroup"])  # As engines do, for /dev/stdout.
        reads, writes = os.pipe()
        command = self.command(container, "--json-status-fd", str(writes))
        with (
            os.fdopen(reads) as status,
            running(command, port, log, stop=signal.SIGKILL, pass_fds=[writes]) as process,
        ):
            os.close(writes)
            yield Container(process, json.loads(status.readline())["child-pid"], log)

    def command(self, container: Manifest, *options: str) -> list[str]:
        """The whole command line."""
        user = container["securityContext"]
        bwrap = [confiner(), *options, "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
        bwrap += ["--as-pid-1", "--die-with-parent", "--proc", "/proc", "--dev", "/dev"]
        volumes = list(mounts(self.node, self.spec, container))
        self.prepare(volumes)
        mounted = [*self.root(), *volumes]
        bwrap += [word for mount in (*folders(mounted), *mounted) for word in mount]
        bwrap += ["--remount-ro", "/"] if user["readOnlyRootFilesystem"] else []
        bwrap += ["--chdir", self.image.workdir, "--clearenv"]
        given = variables(self.node, container)
        for name, value in {"PATH": self.base.path, "HOME": "/", **self.image.env, **given}.items():
            bwrap += ["--setenv", name, value]
        ids = [f"--reuid={user['runAsUser']}", f"--regid={user['runAsGroup']}", "--clear-groups"]
        drop = ["--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"]
        return [*bwrap, "--", "/usr/bin/setpriv", *ids, *drop, "--", *self.words(container, given)]

    def words(self, container: Manifest, given: Mapping[str, str]) -> list[str]:
        """What is started: the spec's words win over the image's, and may refer to the spec's variables."""
        args = [replaced(word, given) for word in container.get("args") or ()]
        if container.get("command"):
            return [*(replaced(word, given) for word in container["command"]), *args]
        return [*self.image.entrypoint, *(args or self.image.cmd)]

    def root(self) -> Iterator[Mount]:
        """The image's files over those of its base."""
        for folder in filter(os.path.isdir, SYSTEM):
            yield ("--ro-bind", folder, folder)
        for link in ("lib", "lib64", "sbin"):
            yield ("--symlink", f"usr/{link}", f"/{link}")
        hosts = self.node.folder / "hosts"
        hosts.write_text(HOSTS)
        yield ("--ro-bind", str(hosts), "/etc/hosts")
        yield from self.base.mounts
        for path in self.image.mounts:
            yield ("--ro-bind", str(self.image.host(path)), path)

    def prepare(self, volumes: Sequence[Mount]) -> None:
        """Make places for what is mounted within the image's folders, as engines do in their own layer."""
        for *options, target in volumes:
            place = self.image.host(target)
            if not any(Path(target).is_relative_to(path) for path in self.image.mounts):
                continue
            (place if "--tmpfs" in options else place.parent).mkdir(parents=True, exist_ok=True)
            place.touch(exist_ok=True)


@cache
def confiner() -> str:
    """The path of bubblewrap. Skips the test where it can't work."""
    bwrap = program_path("bwrap", "bubblewrap")
    if os.getuid():
        pytest.skip("only root can run what the pods' users run")
    tried = run_to_end([bwrap, "--unshare-pid", "--ro-bind", "/", "/", "true"], within=30)
    if tried.returncode:
        pytest.skip(f"bubblewrap can't confine anything on this machine: {tried.stdout.strip()}")
    return bwrap


def folders(mounts: Sequence[Mount]) -> Iterator[Mount]:
    """The folders above all of these: those that bwrap makes itself are closed to the user."""
    for folder in sorted({parent for *_, target in mounts for parent in Path(target).parents}):
        yield ("--dir", str(folder))
