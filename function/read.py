"""Reading observed objects, which people edit and whose parts may be missing."""

from collections.abc import Mapping
from typing import Any


class Lazy:
    """A map whose values are decoded as they are read."""

    __slots__ = ("decoded",)

    decoded: dict[str, Any]
    """Those that were read already."""

    def get(self, key: Any) -> Any:
        """The value of a key, or None."""
        raise NotImplementedError


def at(value: Any, *path: str | int) -> Any:
    """The value at a path of keys and indexes, or None where the path ends early."""
    for step in path:
        if isinstance(value, Lazy):
            known = value.decoded
            value = known[step] if step in known else value.get(step)
        elif isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
        if value is None:
            return None
    return value


def text(value: Any, *path: str | int) -> str | None:
    """The non-empty string at a path, or None."""
    found = at(value, *path)
    return found if isinstance(found, str) and found else None


def number(value: Any, *path: str | int) -> int:
    """The whole number at a path; 0 where there is none, as Kubernetes omits zeros."""
    found = at(value, *path)
    return found if isinstance(found, int) else 0


def items(value: Any, *path: str | int) -> list[Any]:
    """The list at a path; empty where there is none."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def condition(value: Any, type_: str) -> Mapping[str, Any]:
    """The condition of a type in an object's status; empty where it has none."""
    found = (c for c in items(value, "status", "conditions") if at(c, "type") == type_)
    return next(found, {})


def copied(value: Any) -> Any:
    """A copy in dicts and lists."""
    if isinstance(value, Mapping):
        return {key: copied(item) for key, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value
