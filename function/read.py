"""Read observed objects. People edit them, so any part may be missing or of another type."""

from collections.abc import Mapping
from typing import Any


class Lazy:
    """A map whose values are decoded as they are read."""

    __slots__ = ("decoded",)

    decoded: dict[str, Any]
    """Values that were read already."""

    def get(self, key: Any) -> Any:
        """The value of a key, or None."""
        raise NotImplementedError


def at(value: Any, *path: str | int) -> Any:
    """The value at a path of keys and indexes, or None where the path ends early."""
    for step in path:
        if isinstance(value, Lazy):
            known = value.decoded
            value = known[step] if step in known else value.get(step)
        elif isinstance(value, dict):  # As a Mapping too, but that takes Python five times as long to tell.
            value = value.get(step)
        elif isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
        if value is None:
            return None
    return value


def text(value: Any, *path: str | int) -> str | None:
    """The non-empty string at a path, or None."""
    value = at(value, *path)
    return value if isinstance(value, str) and value else None


def number(value: Any, *path: str | int) -> int:
    """The whole number at a path; 0 where there is none, as Kubernetes omits zeros."""
    value = at(value, *path)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def items(value: Any, *path: str | int) -> list[Any]:
    """The list at a path; empty where there is none."""
    value = at(value, *path)
    return value if isinstance(value, list) else []


def condition(value: Any, type_: str) -> Mapping[str, Any]:
    """The condition of a type in an object's status; empty where it has none."""
    of_type = (c for c in items(value, "status", "conditions") if at(c, "type") == type_)
    return next(of_type, {})


def plain(value: Any) -> Any:
    """A value and all below it as sorted dicts and lists: whole numbers as ints, and no nulls.

    The API server stores no nulls either.
    """
    if isinstance(value, Mapping):
        return {key: plain(item) for key in sorted(value) if (item := value[key]) is not None}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return [plain(item) for item in value] if isinstance(value, list) else value


def stored(spec: Any) -> Any:
    """A NodeApp's spec as the API server stores it: plain, but for the merge patches in `overrides`.

    In these a null removes a field. There is no schema for what is in them, so the API server keeps it
    (PruneNonNullableNullsWithoutDefaults in apiextensions-apiserver).
    """
    value, patches = plain(spec), at(spec, "overrides")
    if isinstance(value, dict) and isinstance(patches, Mapping):
        value["overrides"] = {key: verbatim(patches[key]) for key in value["overrides"]}
    return value


def verbatim(value: Any) -> Any:
    """A value and all below it as `plain` has it, with its nulls."""
    if isinstance(value, Mapping):
        return {key: verbatim(value[key]) for key in sorted(value)}
    return [verbatim(item) for item in value] if isinstance(value, list) else plain(value)
