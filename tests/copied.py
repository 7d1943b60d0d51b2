"""A copy of the project, in which a test may write."""

import shutil
import subprocess
from pathlib import Path

from tests.generate import ROOT


def ran(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A command's end, good or bad. It runs in a folder, with these variables or with the test's own."""
    return subprocess.run(  # noqa: S603  # Ours.
        command, cwd=folder, env=env or None, capture_output=True, text=True, check=False
    )


def texts(root: Path) -> dict[str, str]:
    """Path → text of each file that Git has, or would add."""
    listed = ran(root, "git", "ls-files", "--cached", "--others", "--exclude-standard").stdout.splitlines()
    assert "pyproject.toml" in listed
    return {path: (root / path).read_text(errors="replace") for path in listed if (root / path).is_file()}


def copied(folder: Path) -> Path:
    """The project's files in a folder, in Git's index."""
    for path in texts(ROOT):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    for command in (["git", "init", "-q"], ["git", "add", "."]):
        done = ran(folder, *command)
        assert done.returncode == 0, done.stderr
    return folder
