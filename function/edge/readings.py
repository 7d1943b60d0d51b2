"""What was read from observed objects, and in which: it is read again only when one of those has changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from function.app import Object, Observed
from function.edge.noting import Note, Noting, NotingView, unchanged
from function.edge.versions import Versions

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value, with all that was looked at for it. It refers to no object: those would fill the memory."""

    value: T
    xr: Note
    """Values in the XR."""
    composed: tuple[str, ...] | None
    """Keys of composed resources. None: all of them."""
    required: tuple[str, ...] | None
    """Names of requirements, likewise."""

    def holds(self, xr: Object, before: Versions, now: Versions) -> bool:
        """Whether the same would be read from what there is now."""
        return (
            same(self.composed, before.composed, now.composed)
            and same(self.required, before.required, now.required)
            and unchanged(xr, self.xr)
        )


def same(keys: tuple[str, ...] | None, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether what is at these keys has the versions that it had."""
    return before == now if keys is None else all(before.get(key) == now.get(key) for key in keys)


def take(read: Callable[[Observed], T], observed: Observed) -> Reading[T]:
    """Read a value, and note what is looked at."""
    xr: Note = {}
    composed, required = Noting(observed.composed), Noting(observed.required)
    value = read(Observed(NotingView(observed.xr, xr), composed, required))
    return Reading(value, xr, composed.keys_seen(), required.keys_seen())
