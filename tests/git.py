"""Git, with a name and an address that are nobody's."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ada"), ("EMAIL", "ada@acme.dev"))
}


def begin(folder: Path) -> None:
    """Make a folder a repository with its files in one commit, on the branch main."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "begin")


def git(
    folder: Path,
    *arguments: str,
    stdin: str | None = None,
    ok: bool = True,
    env: Mapping[str, str] | None = None,
) -> str:
    """What Git prints, run in a folder. `ok`: that it fails is an error."""
    done = subprocess.run(  # noqa: S603  # Ours.
        ["git", "-C", str(folder), *arguments],  # noqa: S607  # As everywhere, the one on the PATH.
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | WHO | {"GIT_EDITOR": "true"} | dict(env or {}),
    )
    assert not ok or done.returncode == 0, done.stderr
    return done.stdout.strip()
