"""The shape of a value: which fields it may have, and of which type.

A shape is the name of a type, words to choose from with | between them, a list with the shape of its items,
or a map: of field to shape, or of * to the shape of all values. shapes.json has those of Kubernetes' own
kinds, of PodMonitors and Poolers, below the fields of `overridable`. `python -m tests.generate` makes it of
Kubernetes' schemas. Crossplane can't go on at an object with a field that Kubernetes doesn't know, so an
override with one is refused.
"""

import difflib
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from function.overridable import Path

SHAPES: dict[str, dict[str, Any]] = json.loads((files("function") / "shapes.json").read_text())
"""Kind → field → its shape."""

TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "string": ((str,), "must be text; put it in quotes"),
    "integer": ((int,), "must be a whole number"),
    "boolean": ((bool,), "must be true or false"),
    "scalar": ((str, int, float), "must be text or a number"),
}
"""Name → its Python types, and what to say of another one."""


def misfits(kind: str, field: Path, path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """Where and why a value can't be at a path, which begins with a field of a kind."""
    shape = SHAPES.get(kind, {}).get(".".join(field))
    if shape is None or value is None:
        return
    for step in reversed(path[len(field) :]):
        value = {step: value}
    yield from differences(shape, value, field)


def differences(shape: Any, value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Where and why a value hasn't a shape. A null has any: it removes the field."""
    if value is None:
        return
    if isinstance(shape, str):
        if sentence := instead(shape, value):
            yield path, sentence
    elif isinstance(shape, list):
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from differences(shape[0], item, (*path, str(index)))
        else:
            yield path, "must be a list"
    elif not isinstance(value, Mapping):
        yield path, "must be a map"
    else:
        for key, item in value.items():
            if (inner := shape.get(key, shape.get("*"))) is None:
                yield (*path, key), f"is unknown; {hint(key, shape)}"
            else:
                yield from differences(inner, item, (*path, key))


def instead(shape: str, value: Any) -> str:
    """What to write in place of a value that isn't of a type, or none of the words; empty if it is."""
    if "|" in shape:
        choices = shape.split("|")
        return "" if value in choices else f"must be {' or '.join(choices)}"
    types, sentence = TYPES[shape]
    fits = isinstance(value, types) and (bool in types or not isinstance(value, bool))
    return "" if fits else sentence


def hint(key: str, known: Mapping[str, Any]) -> str:
    """The nearest known key, else all of them."""
    near = difflib.get_close_matches(key, known, n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
