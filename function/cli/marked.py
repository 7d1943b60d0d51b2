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
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from function.cli.encodings import conflict, control, undecodable
from function.cli.nodes import refuse_depth
from function.cli.sources import UnusableError

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
    if not name:
        raise UnusableError("''", "names no folder; write . for the working directory")
    path = Path(name)
    if path.is_dir():
        return sorted(each for each in path.iterdir() if each.suffix in (".yaml", ".yml") and each.is_file())
    return [path]


def lines(file: Path) -> list[str]:
    """A file's lines with their own ends. Raises UnusableError."""
    try:
        data = file.read_bytes()
        return re.split(r"(?<=\n)|(?<=\r)(?!\n)", data.decode())
    except OSError as error:
        raise UnusableError(file, (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise UnusableError(file, undecodable(data)) from error


def images(file: Path) -> list[Marked]:
    """The marked images of a file, from top to bottom. Raises UnusableError."""
    content = lines(file)
    return [
        Marked(file, line, column, path, str(value), match)
        for path, value, line, column in scalars(documents(file, "".join(content)), set())
        if (match := LINE.match(content[line].rstrip("\r\n"), column))
    ]


def documents(file: Path, content: str) -> list[Any]:
    """The documents of a file, with the positions of their values. Raises UnusableError."""
    if disallowed := control(content):
        (line, column), reason = disallowed
        place = f"{file}:{line}:{column}"
        raise UnusableError(place, reason)
    try:
        refuse_depth(content)
        return list(YAML(typ="rt").load_all(content))
    except RecursionError as error:
        raise UnusableError(file, "is nested too deeply") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = ":".join(map(str, (file, *((mark.line + 1, mark.column + 1) if mark else ()))))
        raise UnusableError(place, "isn't YAML", f"{error.problem}{conflict(content)}") from error
    except (YAMLError, ValueError) as error:
        raise UnusableError(file, "isn't YAML", " ".join(str(error).split())) from error


def scalars(value: Any, seen: set[int], path: str = "") -> Iterator[tuple[str, Any, int, int]]:
    """Each text below a value: its path, itself, and its line and column from 0. An alias isn't followed."""
    if id(value) in seen:
        return
    if isinstance(value, CommentedMap):
        seen.add(id(value))
        for key, item in value.items():
            where = f"{path}.{key}" if path else str(key)
            if isinstance(item, str) and key in value.lc.data:
                line, column = value.lc.value(key)
                yield where, item, line, column
            yield from scalars(item, seen, where)
    elif isinstance(value, CommentedSeq | list):
        seen.add(id(value))
        for item in value:
            yield from scalars(item, seen, path)
