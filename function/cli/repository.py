"""The Git repository around the working directory."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from function.cli.sources import UnusableError

ABSENT = "isn't there, and is no revision of a Git repository here"


@dataclass(frozen=True, slots=True)
class Repository:
    """A Git repository, as it is seen from the working directory."""

    top: str
    """Its root. Of a bare one, which has no files besides its revisions, the repository itself."""
    prefix: str
    """The working directory below its root. Empty, or ends with a slash."""

    @classmethod
    def around(cls, name: str) -> Self:
        """The repository in which a name may be a revision. Raises UnusableError."""
        places, said = git("rev-parse", "--is-bare-repository", "--absolute-git-dir", name=name)
        if places is None:
            # Git refuses a repository of somebody else, for instance, and says how to trust it.
            unknown = "not a git repository" in said
            raise UnusableError(Path(name), ABSENT, *([] if unknown else [said]))
        bare, _, folder = os.fsdecode(places).removesuffix("\n").partition("\n")
        if bare == "true":
            return cls(folder, "")
        top, said = git("rev-parse", "--show-toplevel", "--show-prefix", name=name)
        if top is None:
            raise UnusableError(Path(name), ABSENT, said)
        root, _, prefix = os.fsdecode(top).removesuffix("\n").partition("\n")
        return cls(root, prefix)

    def packed(self, revision: str, name: str) -> bytes:
        """The files of a revision as a tar archive. Raises UnusableError with the remedy."""
        asked = f"{revision}^{{commit}}"
        commit, _ = git("rev-parse", "--verify", "--quiet", "--end-of-options", asked, name=name)
        if commit is None:
            raise UnusableError(Path(name), ABSENT, *self.remedies(revision))
        packed, said = git("-C", self.top, "archive", "--format=tar", commit.decode().strip(), name=name)
        if packed is None:
            raise UnusableError(Path(name), "can't be read", said)
        return packed

    def remedies(self, revision: str) -> list[str]:
        """What to do about a revision that isn't there, where that is known."""
        if ".." in revision:
            return ["name both revisions, as in nodeapp diff main feature"]
        shallow, _ = git("-C", self.top, "rev-parse", "--is-shallow-repository", name=revision)
        if shallow == b"true\n":
            return [
                "the clone is shallow; fetch what it lacks, such as by fetch-depth: 0 of actions/checkout"
            ]
        return []


def has_branch(name: str) -> bool:
    """Whether a name in the working directory is a branch too. One with a dot or a slash is a path."""
    if not name or not set(name).isdisjoint("./\\:") or shutil.which("git") is None:
        return False
    found, _ = git("rev-parse", "--verify", "--quiet", "--end-of-options", f"refs/heads/{name}", name=name)
    return found is not None


def git(*arguments: str, name: str) -> tuple[bytes | None, str]:
    """What git prints, None if it failed, and what it says besides, in one line.

    Raises UnusableError if there is no git.
    """
    program = shutil.which("git")
    if program is None:
        raise UnusableError(Path(name), "isn't there, and no git is on PATH to look for a revision")
    done = subprocess.run(  # noqa: S603  # Its options are ours.
        [program, *arguments], capture_output=True, check=False, env=os.environ | {"LC_ALL": "C"}
    )
    said = " ".join(done.stderr.decode(errors="replace").split())
    return (None if done.returncode else done.stdout), said
