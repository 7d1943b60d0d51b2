"""Repositories on a laptop with Windows, as far as Git decides it."""

import subprocess
from pathlib import Path

import pytest

from tests.golden_path.scaffolding import REPOSITORIES

AS_ON_WINDOWS = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf")


@pytest.mark.parametrize("name", REPOSITORIES)
def test_lines_end_alike_everywhere(repos: Path, name: str, tmp_path: Path) -> None:
    """Git for Windows turns line ends round by default: Prettier, tests and shell scripts would fail."""
    clone = tmp_path / name
    for command in (["clone", "-q", str(repos / name), str(clone)], ["-C", str(clone), "ls-files", "--eol"]):
        done = subprocess.run(["git", *AS_ON_WINDOWS, *command], capture_output=True, text=True, check=True)  # noqa: S603, S607  # Ours.
    ends = {line.split()[1] for line in done.stdout.splitlines()}
    assert ends <= {"w/lf", "w/none"}
