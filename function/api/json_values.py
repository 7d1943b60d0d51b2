"""What the values of an object may be, so that Kubernetes and Crossplane carry them unchanged."""

import json
import math
from collections.abc import Iterator
from typing import Any

DEEPEST = 25
"""Levels of maps and lists within an object. The function's protobuf decoder fails a few levels above 30."""
EXACT = 2**53
"""Crossplane sends numbers as 64-bit floats, which don't hold every whole number above this."""

TOO_DEEP = f"is nested more than {DEEPEST} levels deep"

Location = tuple[str | int, ...]


def depth(value: Any) -> int:
    """How deep maps and lists are nested."""
    if not isinstance(value, dict | list):
        return 0
    return 1 + max(map(depth, value.values() if isinstance(value, dict) else value), default=0)


def unfit(value: Any, level: int) -> Iterator[tuple[Location, str]]:
    """Path and sentence of each value that can't be carried.

    `level`: how deep the value itself is within its object, from 1.
    """
    if depth(value) + level - 1 > DEEPEST:
        yield (), TOO_DEEP
    elif isinstance(value, dict | list):
        yield from unfit_items(value)


def repeatable(value: Any) -> bool:
    """Whether a spec can be written into a status as it is. Numbers may be large there."""
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return depth(value) < DEEPEST


def unfit_items(value: dict[str, Any] | list[Any]) -> Iterator[tuple[Location, str]]:
    """The same for the items of a map or a list that isn't nested too deeply."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        if isinstance(item, dict | list):
            yield from (((key, *where), sentence) for where, sentence in unfit_items(item))
        elif sentence := wrong(item, in_list=isinstance(value, list)):
            yield (key,), sentence


def wrong(item: Any, *, in_list: bool) -> str:
    """Why a single value can't be carried, as a sentence; empty if it can."""
    if item is None and in_list:
        return "is an empty list item; write a value or take it out"
    if isinstance(item, float) and not math.isfinite(item):
        return "must be a number that JSON has: neither infinity nor NaN"
    if isinstance(item, int | float) and abs(item) > EXACT:
        return f"must be at most {EXACT}, because Crossplane rounds larger numbers"
    if isinstance(item, str) and any("\ud800" <= char <= "\udfff" for char in item):
        return "must be text in Unicode, without half of a surrogate pair"
    if isinstance(item, str) and "\0" in item:
        return "must be text without the character U+0000, which no program's variables or words can have"
    return ""
