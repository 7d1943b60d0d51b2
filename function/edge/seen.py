"""What was looked at in a map, and whether that is another now."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """What was looked at in a map."""

    keys: tuple[str, ...]
    """Keys whose values were looked at, or whether they are there."""
    listed: bool
    """Whether it was also looked at which keys there are."""


@lru_cache(4096)
def seen(keys: frozenset[str], listed: bool) -> Seen:  # noqa: FBT001  # Both are what was looked at.
    """What was looked at. Nearly all apps have the same, so they share it."""
    return Seen(tuple(sorted(keys)), listed)


@dataclass(frozen=True, slots=True)
class Difference:
    """How a map differs from an earlier one."""

    keys: frozenset[str]
    """Keys with another value, and those that came or went."""
    listed: bool
    """Whether a key came or went."""

    def concerns(self, seen: Seen) -> bool:
        """Whether what was looked at is another now."""
        return (seen.listed and self.listed) or not self.keys.isdisjoint(seen.keys)


def difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> Difference:
    """How a map differs from the one before."""
    listed = before.keys() != now.keys()
    keys = {key for key, value in now.items() if key not in before or before[key] != value}
    return Difference(frozenset(keys | (before.keys() - now.keys()) if listed else keys), listed)
