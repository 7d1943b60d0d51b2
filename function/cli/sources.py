"""Where documents come from: files, directories, what kustomize builds of them, standard input."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from function.cli.documents import Document, read

STDIN = "-"
KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
BUILDERS = (("kustomize", "build"), ("kubectl", "kustomize"))
"""Programs that build a kustomization, as they are called. The first one on PATH does it."""


class UnusableError(click.ClickException):
    """A path can't be read at all, whatever is there: one sentence, exit code 2."""

    exit_code = 2

    def __init__(self, path: Path, *why: str) -> None:
        """Say which and why."""
        super().__init__(": ".join(map(str, (path, *why))))


def documents(names: Iterable[str]) -> Iterator[Document]:
    """All documents of files, directories and standard input, in this order."""
    for name in names:
        path = Path(name)
        if name == STDIN:
            yield from read(sys.stdin.buffer.read(), "<stdin>")
        elif path.is_dir():
            yield from directory(path)
        else:
            yield from file(path)


def file(path: Path) -> Iterator[Document]:
    """The documents of one file. Raises UnusableError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnusableError(path, (error.strerror or str(error)).lower()) from error
    yield from read(data, str(path))


def directory(path: Path) -> Iterator[Document]:
    """What kustomize builds of a directory; without a kustomization, every YAML file below it."""
    kustomization = next((path / name for name in KUSTOMIZATIONS if (path / name).is_file()), None)
    if kustomization:
        yield from read(built(path), str(kustomization), located=False)
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")):
                yield from file(Path(folder, name))


def built(path: Path) -> bytes:
    """What kustomize makes of a directory. Raises UnusableError."""
    found = ((shutil.which(program), program, verb) for program, verb in BUILDERS)
    where, program, verb = next((one for one in found if one[0]), (None, "", ""))
    if where is None:
        remedy = "install kustomize or kubectl, or pipe what they build into nodeapp"
        raise UnusableError(path, "nothing on PATH can build its kustomization", remedy)
    command = [where, verb, str(path.resolve())]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # No option: it begins with /.
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise UnusableError(path, f"{program} {verb} failed", said)
    return done.stdout
