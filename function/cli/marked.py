"""Images that image automation sets: each has a comment that names an ImagePolicy.

A pinned one has the word pinned before the policy. Flux and the fleet read no policy there then.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from function.cli.sources import UnusableError

PINNED = "pinned "
LINE = re.compile(
    r"""(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#]+)"""
    r"""(?P<space>\s+\#\s*)(?P<pinned>pinned\s+)?(?P<marker>\{"\$imagepolicy":\s*"(?P<policy>[^"]+)"\}\s*)$"""
)
"""A value with its comment, at the end of a line."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An image with a comment that names a policy."""

    file: Path
    line: int
    """From 0."""
    column: int
    """Where the value begins, from 0."""
    path: str
    """Its field, such as spec.frontend.image."""
    value: str
    match: re.Match[str]

    @property
    def pinned(self) -> bool:
        """Whether automation leaves it alone."""
        return self.match["pinned"] is not None

    def __str__(self) -> str:
        """The place, in the format of compilers."""
        return f"{self.file}:{self.line + 1}: {self.path}"


def overlay(name: str) -> list[Path]:
    """The YAML files of a folder, or the one file. Raises UnusableError."""
    path = Path(name)
    if path.is_dir():
        return sorted(each for each in path.iterdir() if each.suffix in (".yaml", ".yml") and each.is_file())
    return [path]


def text(file: Path) -> str:
    """A file's text with its own line ends. Raises UnusableError."""
    try:
        return file.read_bytes().decode()
    except OSError as error:
        raise UnusableError(file, (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise UnusableError(file, "isn't text in UTF-8") from error


def images(file: Path) -> list[Marked]:
    """The marked images of a file, from top to bottom. Raises UnusableError."""
    content = text(file)
    lines = content.split("\n")
    return [
        Marked(file, line, column, path, str(value), match)
        for path, value, line, column in scalars(documents(file, content))
        if (match := LINE.match(lines[line].rstrip("\r"), column))
    ]


def documents(file: Path, content: str) -> list[Any]:
    """The documents of a file, with the positions of their values. Raises UnusableError."""
    try:
        return list(YAML(typ="rt").load_all(content))
    except (YAMLError, ValueError) as error:
        raise UnusableError(file, "isn't YAML", " ".join(str(error).split())) from error


def scalars(value: Any, path: str = "") -> Iterator[tuple[str, Any, int, int]]:
    """Each text below a value: its path, itself, and its line and column from 0."""
    if isinstance(value, CommentedMap):
        for key, item in value.items():
            where = f"{path}.{key}" if path else str(key)
            if isinstance(item, str):
                line, column = value.lc.value(key)
                yield where, item, line, column
            yield from scalars(item, where)
    elif isinstance(value, CommentedSeq | list):
        for item in value:
            yield from scalars(item, path)


def write(image: Marked, value: str, *, pinned: bool) -> None:
    """Replace a value and the word before its policy. All other bytes stay."""
    lines = text(image.file).split("\n")
    line, match = lines[image.line], image.match
    word = PINNED if pinned else ""
    lines[image.line] = (
        f"{line[: image.column]}{value}{match['space']}{word}{match['marker']}{line[match.end() :]}"
    )
    image.file.write_bytes("\n".join(lines).encode())
