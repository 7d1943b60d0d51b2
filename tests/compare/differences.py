"""What differs between two outcomes, in words."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.compare.outcome import Outcome
from tests.compare.right import Path, dotted

LONGEST = 300
"""Characters of a value that are printed: the rest of a longer one helps nobody."""


def differences(old: Outcome, new: Outcome) -> Iterator[str]:
    """A line for each difference: the fate of the call first, then conditions, objects and all else.

    Of a response that is FATAL, or isn't there, the objects aren't compared: all of them stay as they are.
    """
    for name in ("error", "fatal", "ready", "refused", "replaced", "deleted"):
        yield from values((name,), old.get(name), new.get(name))
    for type_ in sorted(old.get("conditions", {}).keys() | new.get("conditions", {}).keys()):
        before, after = (side.get("conditions", {}).get(type_) for side in (old, new))
        if before != after:
            yield f"{type_}: {condition(before)} → {condition(after)}"
    if any(side.get("error") or side.get("fatal") for side in (old, new)):
        return
    for key in sorted(old.get("objects", {}).keys() | new.get("objects", {}).keys()):
        yield from objects(key, *(side.get("objects", {}).get(key) for side in (old, new)))
    for name in ("status", "archives", "events", "lookups"):
        yield from values((name,), old.get(name), new.get(name))


def condition(now: Mapping[str, str] | None) -> str:
    """A condition in a line."""
    if now is None:
        return "not sent"
    message = f" ({now['message']})" if now["message"] else ""
    return f"{now['status']} {now['reason']}{message}"


def objects(key: str, before: Any, after: Any) -> Iterator[str]:
    """How one desired object differs."""
    if before is None or after is None:
        yield f"{key}: {'not desired → desired' if before is None else 'desired → not desired'}"
    else:
        yield from values((key,), before, after)


def values(path: Path, before: Any, after: Any) -> Iterator[str]:
    """How one value differs: a line for each of the smallest parts that do."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from values((*path, key), before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from values((*path, number), one, other)
    elif before != after:
        yield f"{dotted(path)}: {text(before)} → {text(after)}"


def text(value: Any) -> str:
    """A value in a line."""
    line = json.dumps(value, ensure_ascii=False) if value is not None else "nothing"
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
