"""Whether a case came to what is right.

`right` of a case file is a tree with the shape of an outcome (tests/compare/outcome.py).
Only what it names counts. A value is right if it is equal; a `*` in a text stands for any text.
A place in a list is a number. null means that there is no such field, or that it is empty.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.compare.outcome import Outcome

Path = tuple[str | int, ...]


def leaves(right: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each value that a tree names, with the way there."""
    if isinstance(right, Mapping) and right:
        for key, below in right.items():
            yield from leaves(below, (*path, key))
    elif path:
        yield path, right


def value_at(outcome: Any, path: Path) -> Any:
    """The value at a place; None where there is none."""
    for step in path:
        if isinstance(outcome, Mapping):
            outcome = outcome.get(step)
        elif isinstance(outcome, list) and isinstance(step, int) and step < len(outcome):
            outcome = outcome[step]
        else:
            return None
    return outcome


def agrees(value: Any, wanted: Any) -> bool:
    """Whether a value is the wanted one."""
    if wanted in (None, {}, []):
        return value in (None, "", {}, [])
    if isinstance(wanted, str) and isinstance(value, str):
        return bool(re.fullmatch(".*".join(map(re.escape, wanted.split("*"))), value, re.DOTALL))
    return bool(value == wanted)


def wrong(outcome: Outcome, right: Mapping[str, Any]) -> dict[str, Any]:
    """The values that aren't right, by their place as dotted text."""
    return {
        dotted(path): value
        for path, wanted in leaves(right)
        if not agrees(value := value_at(outcome, path), wanted)
    }


def dotted(path: Path) -> str:
    """A place in a tree, as text."""
    return ".".join(map(str, path))
