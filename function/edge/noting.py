"""Maps and objects that note what is read in them."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from function.edge.seen import Seen, seen
from function.read import Lazy, plain

T = TypeVar("T")

Note = dict[Any, Any]
"""What was read in a map: the note of each key's value. That of a map or list is one too; that of anything
else is the value."""

WHOLE = object()
"""Key of a note: the map was looked at as a whole. The value is a copy of it."""


class Noting(Mapping[str, T]):
    """A map that notes which of its keys are looked at."""

    __slots__ = ("keys_read", "listed", "map")

    def __init__(self, map_: Mapping[str, T]) -> None:
        """Look at a map."""
        self.map = map_
        self.keys_read: set[str] = set()
        self.listed = False
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
        self.listed = True
        return iter(self.map)

    def __len__(self) -> int:
        """How many keys there are."""
        self.listed = True
        return len(self.map)

    def seen(self) -> Seen:
        """What was looked at. It doesn't refer to the map."""
        return seen(frozenset(self.keys_read), self.listed)


class NotingView(Lazy, Mapping[str, Any]):
    """An object that notes the values that are read in it.

    Its version tells nothing: Crossplane writes an XR's status after each call that changes it, and most of
    that decides nothing.
    """

    __slots__ = ("note", "view")

    def __init__(self, view: Mapping[str, Any], note: Note) -> None:
        """Look at an object, or at a map in it."""
        self.view = view
        self.note = note
        self.decoded: dict[str, Any] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        """As dict.get."""
        if key not in self.decoded:
            self.decoded[key], self.note[key] = noting(self.view.get(key))
        value = self.decoded[key]
        return default if value is None else value

    def whole(self) -> Mapping[str, Any]:
        """All of it."""
        self.note[WHOLE] = plain(self.view)
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


def noting(value: Any) -> tuple[Any, Any]:
    """A value that notes what is read in it, and its note."""
    if isinstance(value, Mapping):
        note: Note = {}
        return NotingView(value, note), note
    if isinstance(value, list):
        both = [noting(item) for item in value]
        return [item for item, _ in both], [note for _, note in both]
    return value, value


def unchanged(value: Any, note: Any) -> bool:
    """Whether what was read in a value is what would be read. Python takes True for 1, but the XR's schema
    keeps types."""
    if isinstance(note, dict):
        if not isinstance(value, Mapping):
            return False
        for key, of_key in note.items():
            same = plain(value) == of_key if key is WHOLE else unchanged(value.get(key), of_key)
            if not same:
                return False
        return True
    if isinstance(note, list):
        same_length = isinstance(value, list) and len(value) == len(note)
        return same_length and all(map(unchanged, value, note))
    return bool(value == note)
