"""YAML documents with the position of each key, so that a message can name the line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from function.api.json_values import Location
from function.cli.encodings import conflict, control, undecodable
from function.cli.kube_yaml import Loader
from function.cli.nodes import Mark, RefusedError, Walk, refuse_depth
from function.explain import unrendered, visible
from function.read import at, text

CALLED = (("kind",), ("metadata", "name"))
"""Paths of the fields that name an object where it has no positions."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a file: the place, the field, and the reason."""

    source: str
    mark: Mark | None
    path: str
    reason: str

    def __str__(self) -> str:
        """One line, in the format of compilers."""
        place = ":".join(map(str, (self.source, *(self.mark or ()))))
        return visible(": ".join(filter(None, (place, self.path, self.reason))))


@dataclass(frozen=True, slots=True)
class Document:
    """One object of a file. If it has problems, its value is what could be read, which may be nothing."""

    source: str
    value: Mapping[str, Any]
    marks: Mapping[Location, Mark]
    """Where each key or list item begins. Empty if the positions aren't those of a file."""
    problems: tuple[Finding, ...] = ()
    booleans: tuple[tuple[Location, str], ...] = ()
    """Path, and what was written, of each key that YAML takes for a boolean."""
    origins: Callable[[], "tuple[Document, ...]"] = tuple
    """The objects in files that a built one is made of, what changes others later. Read when it is called."""

    def finding(self, path: Location, reason: str) -> Finding:
        """A problem at a path. Its position is that of the longest part of the path that exists.

        A problem of a built object is where the object's file has the path.
        """
        if not self.marks and (origin := self.origin(path)):
            return origin.finding(path, reason)
        ends = (path[:end] for end in range(len(path), -1, -1))
        mark = next((self.marks[end] for end in ends if end in self.marks), None)
        named = [] if self.marks else [" ".join(filter(None, (text(self.value, *at) for at in CALLED)))]
        return Finding(self.source, mark, ": ".join(filter(None, (*named, ".".join(map(str, path))))), reason)

    def origin(self, path: Location) -> "Document | None":
        """The object in a file that wrote a path. None if no file did: the kustomization itself has set it.

        A value is where it was written last. What is missing, or is made of several files, is where its
        object begins.
        """
        ours = [
            each
            for each in self.origins()
            if all(at(each.value, *key) == at(self.value, *key) for key in CALLED)
        ]
        having = [each for each in ours if path in each.marks]
        if having and not isinstance(value := at(self.value, *path), Mapping):
            return next((each for each in reversed(having) if at(each.value, *path) == value), None)
        within = [path[:end] for end in range(len(path), 0, -1)] if path[:1] == ("spec",) else [path]
        return next((each for prefix in within for each in ours if prefix in each.marks), None)


def read(data: bytes, source: str, *, located: bool = True) -> Iterator[Document]:
    """The documents of a stream, lists unpacked and empty ones left out.

    `located`: whether the positions are those of a file that a user can open.
    """
    try:
        stream = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield broken(source, None, undecodable(data))
        return
    if disallowed := control(stream):
        yield broken(source, *disallowed)
        return
    loader = Loader(stream)
    try:
        refuse_depth(stream)
        while loader.check_node():
            walk = Walk(loader)
            node = loader.get_node()
            value = walk.value(node, ()) if node else None
            if value is not None:
                problems = [Finding(source, *duplicate) for duplicate in walk.duplicates]
                document = whole(source, value, walk.marks if located else {}, problems)
                yield from unpacked(replace(document, booleans=tuple(walk.booleans)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else None
        hint = unrendered("".join(stream.splitlines()[max(mark.line - 1, 0) : mark.line + 1])) if mark else ""
        yield broken(source, place, syntax(error) + (hint or conflict(stream)))
    except RecursionError:
        yield broken(source, None, "is nested too deeply")
    finally:
        loader.dispose()


def syntax(error: yaml.YAMLError) -> str:
    """A parser's error, as a reason."""
    if isinstance(error, RefusedError):
        return error.problem or ""
    parts = (getattr(error, name, None) for name in ("problem", "context", "reason"))
    return f"isn't YAML: {' '.join(filter(None, parts))}"


def broken(source: str, mark: Mark | None, reason: str) -> Document:
    """A document that can't be read."""
    return Document(source, {}, {}, (Finding(source, mark, "", reason),))


def whole(source: str, value: Any, marks: Mapping[Location, Mark], problems: Iterable[Finding]) -> Document:
    """A document, if the value is a map."""
    if isinstance(value, dict):
        return Document(source, value, marks, tuple(problems))
    wrong = Finding(source, marks.get(()), "", "must be an object with apiVersion, kind and metadata")
    return Document(source, {}, {}, (*problems, wrong))


def unpacked(document: Document) -> Iterator[Document]:
    """The items of a List, as kubectl get prints it; anything else itself."""
    kind, items = document.value.get("kind"), document.value.get("items")
    if not (isinstance(kind, str) and kind.endswith("List") and isinstance(items, list)):
        yield document
        return
    if document.problems:
        yield Document(document.source, {}, {}, document.problems)
    marks: list[dict[Location, Mark]] = [{} for _ in items]
    for where, mark in document.marks.items():
        match where:
            case ("items", int(index), *rest):
                marks[index][tuple(rest)] = mark
    for value, item_marks in zip(items, marks, strict=True):
        yield whole(document.source, value, item_marks, ())
