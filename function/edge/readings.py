"""What was read from observed objects, and in which: it is read again only when one of those has changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from function.app import Object, Observed
from function.edge.versions import Versions
from function.read import Lazy, at, plain

T = TypeVar("T")

Path = tuple[str, ...]

A_MAP = object()
"""Noted of a map of which single keys are read: it is there."""


class Noting(Mapping[str, T]):
    """A map that notes which of its keys are looked at."""

    __slots__ = ("every", "keys_read", "map")

    def __init__(self, map_: Mapping[str, T]) -> None:
        """Look at a map."""
        self.map = map_
        self.keys_read: set[str] = set()
        self.every = False
        """Whether it was also looked at which keys there are."""

    def __getitem__(self, key: str) -> T:
        """The value of a key."""
        self.keys_read.add(key)
        return self.map[key]

    def get(self, key: str, default: Any = None) -> Any:
        """As dict.get. Mapping's own would raise and catch a KeyError."""
        self.keys_read.add(key)
        return self.map.get(key, default)

    def __contains__(self, key: object) -> bool:
        """Whether the key is there."""
        self.keys_read.add(str(key))
        return key in self.map

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        self.every = True
        return iter(self.map)

    def __len__(self) -> int:
        """How many keys there are."""
        self.every = True
        return len(self.map)

    def keys_seen(self) -> frozenset[str] | None:
        """The keys that were looked at. None: all of them."""
        return None if self.every else frozenset(self.keys_read)


class NotingView(Lazy, Mapping[str, Any]):
    """An object that notes the values that are read in it, by path.

    Its version tells nothing: Crossplane writes an XR's status after each call that changes it, and most of
    that decides nothing.
    """

    __slots__ = ("noted", "path", "view")

    def __init__(self, view: Mapping[str, Any], noted: dict[Path, Any], path: Path = ()) -> None:
        """Look at an object, or at a map in it."""
        self.view = view
        self.noted = noted
        self.path = path
        self.decoded: dict[str, Any] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        """As dict.get."""
        path, value = (*self.path, key), self.view.get(key)
        if isinstance(value, Mapping):
            value = self.decoded[key] = NotingView(value, self.noted, path)
            self.noted.setdefault(path, A_MAP)
        else:
            self.noted[path] = plain(value)
        return default if value is None else value

    def whole(self) -> Mapping[str, Any]:
        """All of it."""
        self.noted[self.path] = plain(self.view)
        return self.view

    def __getitem__(self, key: str) -> Any:
        """The value of a key."""
        return self.whole()[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self.whole())

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self.whole())


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value, with all that was looked at for it. It refers to no object: those would fill the memory."""

    value: T
    xr: Mapping[Path, Any]
    """Values in the XR, by path."""
    composed: frozenset[str] | None
    """Keys of composed resources. None: all of them."""
    required: frozenset[str] | None
    """Names of requirements, likewise."""

    def holds(self, xr: Object, before: Versions, now: Versions) -> bool:
        """Whether the same would be read from what there is now."""
        return (
            same(self.composed, before.composed, now.composed)
            and same(self.required, before.required, now.required)
            and all(unchanged(at(xr, *path), value) for path, value in self.xr.items())
        )


def same(keys: frozenset[str] | None, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether what is at these keys has the versions that it had."""
    return before == now if keys is None else all(before.get(key) == now.get(key) for key in keys)


def unchanged(value: Any, noted: Any) -> bool:
    """Whether a value is what was noted. Python takes True for 1, but the XR's schema keeps types."""
    return isinstance(value, Mapping) if noted is A_MAP else plain(value) == noted


def take(read: Callable[[Observed], T], observed: Observed) -> Reading[T]:
    """Read a value, and note what is looked at."""
    xr: dict[Path, Any] = {}
    composed, required = Noting(observed.composed), Noting(observed.required)
    value = read(Observed(NotingView(observed.xr, xr), composed, required))
    return Reading(value, xr, composed.keys_seen(), required.keys_seen())
