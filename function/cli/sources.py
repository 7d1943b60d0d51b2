"""Read documents from files, directories, kustomizations and standard input."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NoReturn

from function.cli import kustomizations
from function.cli.documents import Document, read
from function.cli.ends import FailedError
from function.cli.titles import readable

STDIN = "-"
BUILDERS = (("kustomize", "build"), ("kubectl", "kustomize"))
"""Programs that build a kustomization, with their arguments. The first one on PATH is used."""


class UnusableError(FailedError):
    """A path that can't be read."""

    def __init__(self, path: Path | str, *why: str) -> None:
        """Take the path and the reasons."""
        super().__init__(readable(": ".join(map(str, (path, *why)))))


def documents(names: Iterable[str]) -> Iterator[Document]:
    """All documents of files, directories and standard input, in this order."""
    for name in names:
        path = Path(name)
        if not name:
            raise UnusableError("''", "names no file; write . for the working directory")
        if name == STDIN:
            yield from read(sys.stdin.buffer.read() if sys.stdin else b"", "<stdin>")
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
    yield from read(data, readable(str(path)))


def directory(path: Path) -> Iterator[Document]:
    """The documents that kustomize builds of a directory; without a kustomization, of every YAML file."""
    if found := kustomizations.file(path):
        origins = cache(lambda: tuple(kustomizations.written(path)))
        for document in read(built(path), readable(str(found)), located=False):
            yield replace(document, origins=origins)
        return
    for folder, folders, names in os.walk(path, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")):
                yield from file(Path(folder, name))


def fail(error: OSError) -> NoReturn:
    """A folder that can't be read is no empty one. Raises UnusableError."""
    raise UnusableError(str(error.filename), (error.strerror or str(error)).lower()) from error


def built(path: Path) -> bytes:
    """The output of kustomize for a directory. Raises UnusableError."""
    builders = ((shutil.which(program), program, verb) for program, verb in BUILDERS)
    executable, program, verb = next((each for each in builders if each[0]), (None, "", ""))
    if executable is None:
        remedy = "install kustomize or kubectl, or pipe what they build into nodeapp"
        raise UnusableError(path, "nothing on PATH can build its kustomization", remedy)
    command = [executable, verb, str(path.resolve())]
    process = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # No option: it begins with /.
    if process.returncode:
        output = " ".join(process.stderr.decode(errors="replace").split())
        raise UnusableError(path, f"{program} {verb} failed", output)
    return process.stdout
