"""The command that runs a control plane: uv run pytest tests/plane."""

import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.generate import ROOT
from tests.plane.kubectl import Cluster
from tests.plane.shared import needs_programs


def test_the_command_runs_a_plane_and_stops_it(pytestconfig: pytest.Config) -> None:
    """It says where the kubeconfig is, all runs by then, and after a signal nothing of it is left."""
    needs_programs(pytestconfig)
    command = [sys.executable, "-m", "tests.plane"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # Ours.
        assert process.stdout
        kubeconfig = next(
            Path(found[1]) for line in process.stdout if (found := re.match(r"export KUBECONFIG=(.+)", line))
        )
        cluster = Cluster(kubeconfig)
        assert "nodeapps" in cluster.kubectl("api-resources", "--api-group=platform.io", "--output=name")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert not kubeconfig.parent.exists()
    assert servers(kubeconfig.parent) == []


def servers(folder: Path) -> list[str]:
    """The processes that have something to do with a folder."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # It ended in this moment.
            lines.append(file.read_text())
    return [line for line in lines if str(folder) in line]
