"""Kustomizations: the file that makes a directory one, and the objects that it is built from."""

from collections.abc import Iterator
from os.path import normpath
from pathlib import Path
from typing import Any

from function.cli.documents import Document, read
from function.cli.titles import readable

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
FOLDERS = ("resources", "bases", "components")
"""Keys whose items are files or folders with objects, in the order in which kustomize reads them."""


def file(folder: Path) -> Path | None:
    """The file that makes a directory a kustomization."""
    return next((folder / name for name in NAMES if (folder / name).is_file()), None)


def written(folder: Path, seen: frozenset[Path] = frozenset()) -> Iterator[Document]:
    """The objects that a kustomization is built from, as they are written: what changes others comes later.

    Patches that are written within a kustomization are left out, and so is what can't be read: kustomize,
    which builds it, says what is wrong.
    """
    path = file(folder)
    if path is None or path.resolve() in seen:
        return
    seen |= {path.resolve()}
    contents = [document.value for document in of_file(path)]
    for content in contents:
        for name in (each for key in FOLDERS for each in items(content, key)):
            yield from written(folder / name, seen) if (folder / name).is_dir() else of_file(folder / name)
    for content in contents:
        patches = [each.get("path") for each in items(content, "patches", dict)]
        for name in (*items(content, "patchesStrategicMerge"), *patches):
            if isinstance(name, str):
                yield from of_file(folder / name)


def items(content: Any, key: str, kind: type = str) -> list[Any]:
    """The items of a list, those of one kind."""
    listed = content.get(key)
    return [each for each in listed if isinstance(each, kind)] if isinstance(listed, list) else []


def of_file(path: Path) -> list[Document]:
    """The documents of a file. Empty if there is no such file, as for an address of another host."""
    if "\n" in str(path) or not path.is_file():
        return []
    return list(read(path.read_bytes(), readable(normpath(path))))
