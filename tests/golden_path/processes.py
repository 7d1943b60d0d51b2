"""Programs in the background: started, waited for, asked, and ended."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import pytest

from tests.serving import SOON, listens


def program_path(name: str, package: str) -> str:
    """A program's path. Skips the test without it."""
    path = shutil.which(name, path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    if path is None:
        pytest.skip(f"there is no {name} here: install Debian's {package}")
    return path


def checked_output(command: Sequence[str], *, within: float, **how: Any) -> str:
    """The output of a program. Fails the test with that output if the exit code isn't 0."""
    completed = run_to_end(command, within=within, **how)
    if completed.returncode:
        pytest.fail(
            f"{' '.join(command)} ended with {completed.returncode}:\n{completed.stdout}", pytrace=False
        )
    return completed.stdout


def run_to_end(command: Sequence[str], *, within: float, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with both its streams as the output."""
    with started(command, subprocess.PIPE, **how) as process:
        try:
            output, _ = process.communicate(timeout=within)
        except subprocess.TimeoutExpired as late:
            end(process, signal.SIGKILL)
            pytest.fail(f"{' '.join(command)} took more than {within} s:\n{late.output}", pytrace=False)
    return subprocess.CompletedProcess(command, process.returncode, output)


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    log: Path,
    *,
    stop: signal.Signals = signal.SIGTERM,
    within: float = SOON,
    **how: Any,
) -> Iterator[subprocess.Popen[str]]:
    """A program that listens on a port within some seconds; it ends with the block."""
    with log.open("a") as output, started(command, output, **how) as process:
        try:
            wait_until_it_listens(process, port, log, within)
            yield process
        finally:
            end(process, stop)
            try:
                process.wait(SOON)
            except subprocess.TimeoutExpired:
                end(process, signal.SIGKILL)


def started(command: Sequence[str], output: int | IO[str], **how: Any) -> subprocess.Popen[str]:
    """A program, in a process group of its own."""
    return subprocess.Popen(  # noqa: S603  # Ours.
        command, stdout=output, stderr=subprocess.STDOUT, text=True, start_new_session=True, **how
    )


def end(process: subprocess.Popen[str], stop: signal.Signals) -> None:
    """Send a signal to a program and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, stop)


def wait_until_it_listens(process: subprocess.Popen[str], port: int, log: Path, within: float) -> None:
    """Return as soon as a port takes connections.

    Raises RuntimeError with the program's log if it ends first or takes too long.
    """
    end = time.monotonic() + within
    while not listens(port):
        if process.poll() is not None or time.monotonic() > end:
            message = f"nothing listens on {port}: {log.read_text()}"
            raise RuntimeError(message)
        time.sleep(0.05)
