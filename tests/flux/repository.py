"""Repositories on the control plane's Git server, each with a clone in which people work."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.plane.flux import git_url, repositories
from tests.plane.plane import Plane

WHO = ("-c", "user.name=developer", "-c", "user.email=developer@acme.test")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository by its address, and a clone of it."""

    url: str
    clone: Path

    def git(self, *arguments: str) -> str:
        """What Git prints, run in the clone."""
        command = ["git", "-C", str(self.clone), *WHO, *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # Ours.
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        """Write a file of the clone."""
        file = self.clone / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def push(self, message: str) -> str:
        """Commit whatever the clone has, and push it. Returns the revision as Flux writes it."""
        self.git("add", "--all")
        self.git("commit", "--message", message)
        return self.pushed()

    def revert(self) -> str:
        """Take the last commit back, and push that. Returns the revision as Flux writes it."""
        self.git("revert", "--no-edit", "HEAD")
        return self.pushed()

    def pushed(self) -> str:
        """Push what is committed. Returns the revision as Flux writes it."""
        self.git("push", "--quiet", "origin", "HEAD:main")
        return f"main@sha1:{self.git('rev-parse', 'HEAD')}"

    @contextmanager
    def changing(self, message: str) -> Iterator[Path]:
        """The clone, to be changed during the block, and pushed after it."""
        yield self.clone
        self.push(message)


def create(plane: Plane, name: str, content: Path | None = None) -> Repository:
    """A new repository, with a copy of a folder in its clone. Nothing is committed yet."""
    bare, clone = repositories(plane) / f"{name}.git", plane.folder / "clones" / name
    url = f"{git_url(plane)}/{name}.git"
    for command in (
        ["git", "init", "--bare", "-q", "--initial-branch=main", str(bare)],
        ["git", "-C", str(bare), "config", "http.receivepack", "true"],
        ["git", "clone", "-q", url, str(clone)],
    ):
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # Ours.
    if content:
        shutil.copytree(content, clone, dirs_exist_ok=True)
    return Repository(url, clone)
