"""What files of a revision are called in messages: they are read from a folder that no user knows."""

from collections.abc import Iterator
from contextlib import contextmanager

FOLDERS: dict[str, str] = {}
"""Folder → the revision whose files are in it, while they are."""


@contextmanager
def called(folder: str, revision: str) -> Iterator[None]:
    """Call files of a folder as Git does, such as main:apps/nodeapp.yaml, until the block ends."""
    FOLDERS[folder] = revision
    try:
        yield
    finally:
        del FOLDERS[folder]


def readable(text: str) -> str:
    """A path, or a sentence with paths, as a user knows them."""
    for folder, revision in FOLDERS.items():
        text = text.replace(f"{folder}/", f"{revision}:")
    return text
