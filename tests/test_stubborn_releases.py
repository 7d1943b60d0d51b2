"""nodeapp diff --function ends, whatever the release is like."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from function.cli.fleet import servers
from function.cli.fleet.servers import running
from function.cli.fleet.sources import Release
from tests.console import Console

DEAF = """\
import signal, socket, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
host, _, port = sys.argv[-1].partition(":")
listening = socket.create_server((host, int(port)))
time.sleep(60)
"""
"""A server that listens, and doesn't end at SIGTERM."""


def test_a_server_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for it without end, and it isn't left."""
    monkeypatch.setattr(servers, "PATIENCE", 0.1)
    ended, stop = list[int | None](), servers.stop

    def stopped(process: subprocess.Popen[bytes]) -> None:
        stop(process)
        ended.append(process.poll())

    monkeypatch.setattr(servers, "stop", stopped)
    (tmp_path / "function").mkdir()
    (tmp_path / "function" / "__init__.py").touch()
    (tmp_path / "function" / "main.py").write_text(DEAF)

    with running(Release("deaf", tmp_path, frozenset()), Path(sys.executable)):
        begun = time.monotonic()

    assert time.monotonic() - begun < 5
    assert ended == [-signal.SIGKILL]


@pytest.mark.parametrize("content", ["<<<<<<< HEAD\n", "name = 'é'\n"])
def test_a_release_with_a_broken_project_file(shell: Console, content: str) -> None:
    """What is wrong with its pyproject.toml is said in one sentence, without a traceback."""
    shell.write("release/function/main.py", "")
    shell.write("release/pyproject.toml", "")
    Path("release/pyproject.toml").write_bytes(content.encode("latin-1"))
    shell.write("nodeapp.yaml", "apiVersion: platform.io/v1\nkind: NodeApp\n")

    done = shell.run("diff", "--function", "release", ".", "nodeapp.yaml")

    assert done.stderr.startswith("Error: release: its pyproject.toml can't be read: ")
    assert done.exit_code == 2
