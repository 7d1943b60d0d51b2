"""What a command compares: files, directories, and revisions of a Git repository."""

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from function.cli.sources import STDIN, UnusableError


@contextmanager
def folder(name: str, inside: str, *, whole: bool = False) -> Iterator[str]:
    """The path that a name stands for: itself, or `inside` in a revision, which is read into a folder that is
    deleted afterwards.

    `inside` is relative to the working directory, or with `whole` to the repository's root. A name such as
    main:platform.yaml, as Git writes it, is a path in a revision. Raises UnusableError.
    """
    if name == STDIN or Path(name).exists():
        yield name
        return
    top, prefix = (git("rev-parse", option, name=name) for option in ("--show-toplevel", "--show-prefix"))
    revision, _, path = name.partition(":")
    inside, prefix = (path or inside), ("" if path or whole else prefix)
    commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", name=name)
    with tempfile.TemporaryDirectory(prefix="nodeapp-") as temporary:
        packed = io.BytesIO(run("-C", top, "archive", "--format=tar", commit, name=name))
        with tarfile.open(fileobj=packed) as tar:
            unpack(tar, temporary)
        found = Path(temporary, prefix, inside)
        if not found.exists():
            raise UnusableError(Path(inside), f"isn't in revision {revision}")
        yield str(found)


def unpack(tar: tarfile.TarFile, folder: str) -> None:
    """Write the files of a revision. A link that leaves the revision is left out: nothing is read behind it.

    Links come last, so no file is written through one. tarfile's own filters do this too, but Debian 12 has
    Python 3.11.2, and they came with 3.11.4.
    """
    tar.extraction_filter = lambda member, _: member  # Newer Pythons ask for a choice, older ones have none.
    members = [member for member in tar if not {"/", ".."} & {*Path(member.name).parts}]
    tar.extractall(folder, [member for member in members if member.isdir() or member.isfile()])  # noqa: S202
    links = [member for member in members if member.issym()]
    tar.extractall(folder, links)  # noqa: S202  # Those that lead elsewhere are removed at once.
    for link in (Path(folder, member.name) for member in links):
        if not Path(os.path.realpath(link)).is_relative_to(os.path.realpath(folder)):
            link.unlink()


def git(*arguments: str, name: str) -> str:
    """A line that git prints. Raises UnusableError."""
    return run(*arguments, name=name).decode().strip()


def run(*arguments: str, name: str) -> bytes:
    """What git prints. Raises UnusableError."""
    program = shutil.which("git")
    if program is None:
        raise UnusableError(Path(name), "isn't there, and no git is on PATH to look for a revision")
    process = subprocess.run([program, *arguments], capture_output=True, check=False)  # noqa: S603  # Its options are ours.
    if process.returncode:
        raise UnusableError(Path(name), "isn't there, and is no revision of a Git repository here")
    return process.stdout
