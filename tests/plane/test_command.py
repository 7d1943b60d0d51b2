"""The command that runs a control plane: uv run pytest tests/plane."""

import re
import signal
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.generate import ROOT
from tests.plane.kubectl import Cluster
from tests.plane.modules import MissingError
from tests.plane.shared import reporter
from tests.plane.up import prepare

COMMAND = [sys.executable, "-m", "tests.plane"]


def test_two_planes_run_at_once_and_leave_nothing(pytestconfig: pytest.Config) -> None:
    """Each says where its kubeconfig is when all runs, and after a signal nothing of it is left."""
    try:
        prepare(reporter(pytestconfig), operator=True)
    except MissingError as error:
        pytest.skip(str(error))
    with ExitStack() as stack:
        processes = [started(stack), started(stack)]
        folders = [kubeconfig(process).parent for process in processes]
        for folder in folders:
            kinds = Cluster(folder / "kubeconfig").kubectl("api-resources", "--output=name").splitlines()
            assert "nodeapps.platform.io" in kinds
        assert [process.poll() for process in processes] == [None, None]
        for process in processes:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(60) for process in processes] == [0, 0]
    assert [folder for folder in folders if folder.exists()] == []
    assert [line for folder in folders for line in command_lines(folder)] == []


def started(stack: ExitStack) -> subprocess.Popen[str]:
    """The command, which ends with the stack at the latest."""
    process = subprocess.Popen(COMMAND, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603  # Ours.
    stack.enter_context(process)
    stack.callback(process.kill)
    return process


def kubeconfig(process: subprocess.Popen[str]) -> Path:
    """The path that the command prints once everything runs."""
    assert process.stdout
    for line in process.stdout:
        if printed := re.match(r"export KUBECONFIG=(.+)", line):
            return Path(printed[1])
    pytest.fail(f"the command ended with {process.wait()}")


def command_lines(folder: Path) -> list[str]:
    """The command lines of processes that have something to do with a folder."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # It ended in this moment.
            lines.append(file.read_text())
    return [line for line in lines if str(folder) in line]
