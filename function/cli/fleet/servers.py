"""Serve a release of the function on loopback, in a process and with libraries of its own."""

import importlib.metadata
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from function.cli.fleet.sources import Release, normal, release
from function.cli.sources import UnusableError

ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(?P<port>\d{1,5})")
SOON = 30.0
"""Seconds within which a server listens. It takes two, on a machine that does nothing else."""
PATIENCE = 10.0
"""Seconds that a server gets to end by itself. It lets calls in flight end for five."""
PAUSE = 0.05
"""Seconds between two looks whether it does."""


@contextmanager
def served(name: str) -> Iterator[str]:
    """The address of the function that a name stands for: host:port, a wheel, a folder, or a Git revision.

    Raises UnusableError with one sentence.
    """
    if (found := ADDRESS.fullmatch(name)) and not Path(name).exists():
        if not listens(found["host"].strip("[]"), int(found["port"])):
            raise UnusableError(Path(name), "no function answers there")
        yield name
        return
    with release(name) as chosen, interpreter(chosen) as python, running(chosen, python) as port:
        yield f"127.0.0.1:{port}"


@contextmanager
def interpreter(chosen: Release) -> Iterator[Path]:
    """A Python that has the libraries of a release.

    If they are those of this nodeapp, it is this one: nothing is installed, so no network is needed.
    """
    if chosen.requires == normal(importlib.metadata.requires("function-nodeapp") or []):
        yield Path(sys.executable)
        return
    with TemporaryDirectory(prefix="nodeapp-environment-") as folder:
        install(chosen, Path(folder))
        yield Path(folder, "bin", "python")


def install(chosen: Release, folder: Path) -> None:
    """Install a release's libraries into a new environment, by uv if it is there. Raises UnusableError."""
    python, libraries = str(folder / "bin" / "python"), sorted(chosen.requires)
    if uv := shutil.which("uv"):
        make = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)]
        add = [uv, "pip", "install", "--quiet", "--python", python, *libraries]
    else:
        make = [sys.executable, "-m", "venv", str(folder)]
        add = [python, "-m", "pip", "install", "--quiet", *libraries]
    for command in (make, add):
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # Ours.
        if done.returncode:
            said = " ".join(done.stderr.split())
            raise UnusableError(Path(chosen.name), "its libraries can't be installed", said)


@contextmanager
def running(chosen: Release, python: Path) -> Iterator[int]:
    """The port on which a release serves, until the block ends. Raises UnusableError."""
    port = free_port()
    command = [str(python), "-m", "function.main", "--insecure", "--address", f"127.0.0.1:{port}"]
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        # The package in the folder is found before any that is installed.
        process = subprocess.Popen(  # noqa: S603  # What the user asked for.
            command, cwd=chosen.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            await_listener(process, port, chosen, log)
            yield port
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server: by itself, or else by force, as any release may be served."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def await_listener(process: subprocess.Popen[bytes], port: int, chosen: Release, log: IO[str]) -> None:
    """Wait until a server listens. Raises UnusableError with its last words if it ends instead."""
    end = time.monotonic() + SOON
    while not listens("127.0.0.1", port):
        if process.poll() is not None or time.monotonic() > end:
            log.seek(0)
            last = (log.read().strip().splitlines() or ["it says nothing"])[-1]
            raise UnusableError(Path(chosen.name), "its function doesn't start", last)
        time.sleep(PAUSE)


def free_port() -> int:
    """A port of the loopback interface that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(host: str, port: int) -> bool:
    """Whether somebody takes connections there."""
    try:
        with socket.create_connection((host, port), timeout=5):
            return True
    except (OSError, OverflowError):
        return False
