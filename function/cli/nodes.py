"""Turn the nodes of a YAML document into values, with the position of each."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent

from function.api.json_values import Location
from function.cli.kube_yaml import TAG, Loader

Mark = tuple[int, int]
"""Line and column, from 1."""

MANY = 1_000_000
"""Most values in one document. Only aliases that multiply give more."""

DEEPEST = 100
"""Most levels of nested maps and lists: more than any object has, and few enough for the stack."""

SCALARS = {f"{TAG}{name}" for name in ("str", "int", "float", "bool", "null")}


class RefusedError(yaml.MarkedYAMLError):
    """Valid YAML that Kubernetes can't read."""

    def __init__(self, node: yaml.Node, reason: str) -> None:
        """Say where and why."""
        super().__init__(problem=reason, problem_mark=node.start_mark)


def refuse_depth(text: str) -> None:
    """Raise RecursionError for a text that would overflow libyaml's stack: that would end the process."""
    depth = 0
    with suppress(yaml.YAMLError):  # The reader that comes next reports it.
        for event in yaml.parse(text, Loader=Loader):
            starts, ends = (isinstance(event, kind) for kind in (CollectionStartEvent, CollectionEndEvent))
            depth += starts - ends
            if depth > DEEPEST:
                raise RecursionError


@dataclass(slots=True)
class Walk:
    """Turns one document's nodes into values, and records their positions."""

    loader: Loader
    marks: dict[Location, Mark] = field(default_factory=dict)
    duplicates: list[tuple[Mark, str, str]] = field(default_factory=list)
    """Position, path of the key, and reason."""
    booleans: list[tuple[Location, str]] = field(default_factory=list)
    """Path, and what was written, of each key that YAML takes for a boolean."""
    seen: set[int] = field(default_factory=set)
    count: int = 0

    def value(self, node: yaml.Node, path: Location) -> Any:
        """The value of a node."""
        self.marks.setdefault(path, mark(node))
        self.count += 1
        if self.count > MANY:
            raise RefusedError(node, f"there are more than {MANY} values in one document")
        match node:
            case yaml.MappingNode(tag=tag) if tag == f"{TAG}map":
                return {key: self.value(inner, (*path, key)) for key, inner in self.pairs(node, path)}
            case yaml.SequenceNode(tag=tag) if tag == f"{TAG}seq":
                return [self.value(inner, (*path, index)) for index, inner in enumerate(node.value)]
            case yaml.ScalarNode(tag=tag) if tag in SCALARS:
                return self.scalar(node)
        raise RefusedError(node, f"Kubernetes knows no {node.tag.replace(TAG, '!!')}")

    def scalar(self, node: yaml.ScalarNode) -> Any:
        """The value of a scalar. Only one with an explicit tag, such as !!int x, can be invalid."""
        try:
            return self.loader.construct_object(node)
        except (ValueError, KeyError) as error:
            kind = "number that JSON has" if node.tag == f"{TAG}float" else node.tag.replace(TAG, "!!")
            raise RefusedError(
                node, f"{node.value!r} is no {kind}; put it in quotes if it is text"
            ) from error

    def pairs(self, node: yaml.MappingNode, path: Location) -> Iterator[tuple[str, yaml.Node]]:
        """Keys and values. A duplicate key is a problem, and its last value counts."""
        if id(node) not in self.seen:
            self.seen.add(id(node))
            self.note_duplicates(node, path)
            self.loader.flatten_mapping(node)
        unique = {self.key(key): (key, inner) for key, inner in node.value}
        for name, (key, inner) in unique.items():
            self.marks[*path, name] = mark(key)
            if key.tag == f"{TAG}bool":
                self.booleans.append(((*path, name), key.value))
            yield name, inner

    def note_duplicates(self, node: yaml.MappingNode, path: Location) -> None:
        """Record duplicate keys. It runs before merges, since a key may override a merged one."""
        first: dict[str, int] = {}
        for key, _ in node.value:
            if key.tag == f"{TAG}merge":
                continue
            name, (line, column) = self.key(key), mark(key)
            if name in first:
                reason = f"is there twice, first in line {first[name]}; keep one"
                self.duplicates.append(((line, column), ".".join(map(str, (*path, name))), reason))
            first.setdefault(name, line)

    def key(self, node: yaml.Node) -> str:
        """A key as JSON has it: text."""
        value = self.scalar(node) if isinstance(node, yaml.ScalarNode) else None
        if value is None:
            raise RefusedError(node, "a key must be text")
        return str(value).lower() if isinstance(value, bool) else str(value)


def mark(node: yaml.Node) -> Mark:
    """Where a node begins."""
    return node.start_mark.line + 1, node.start_mark.column + 1
