"""Edits of the images that automation sets, so that a file is as it was, or as it shall be."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from function.cli.marked import Marked, lines
from function.cli.sources import UnusableError

PINNED = "pinned "


class Edit(NamedTuple):
    """What becomes of a marked image."""

    image: Marked
    value: str
    """As the file shall have it, with its quotes."""
    pinned: bool


def write(edits: Iterable[Edit]) -> None:
    """Replace values, and the words before their policies. All other bytes stay.

    A file is replaced as a whole, and none is before all are written: a full disk or a file that may not be
    written leaves all as they were. Raises UnusableError.
    """
    contents: dict[Path, list[str]] = {}
    for image, value, pinned in edits:
        if image.file not in contents:
            contents[image.file] = lines(image.file)
        content = contents[image.file]
        line, match = content[image.line], image.match
        word = PINNED if pinned else ""
        content[image.line] = (
            f"{line[: image.column]}{value}{match['space']}{word}{match['marker']}{line[match.end() :]}"
        )
    with ExitStack() as stack:
        written = {file: stack.enter_context(beside(file, content)) for file, content in contents.items()}
        for file, new in written.items():
            new.replace(file.resolve())


@contextmanager
def beside(file: Path, content: list[str]) -> Iterator[Path]:
    """A file beside another one, with its rights and a content of its own. It is gone after the block."""
    new = file.resolve().with_name(f".{file.name}.nodeapp")
    try:
        if not os.access(file, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
        new.write_bytes("".join(content).encode())
        new.chmod(file.stat().st_mode)
        yield new
    except OSError as error:
        raise UnusableError(file, "can't be written", (error.strerror or str(error)).lower()) from error
    finally:
        new.unlink(missing_ok=True)
