"""What was read from observed objects, and in which: it is read again only when one of those has changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from function.app import Object, Observed
from function.edge.noting import Note, Noting, NotingView, unchanged
from function.edge.seen import Seen
from function.edge.versions import Changes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value, with all that was looked at for it. It refers to no object: those would fill the memory."""

    value: T
    xr: Note
    """Values in the XR."""
    composed: Seen
    """Composed resources, by key."""
    required: Seen
    """Answered lookups, by the requirement's name."""

    def holds(self, xr: Object, changes: Changes) -> bool:
        """Whether the same would be read now, after these changes, with this XR."""
        return not (
            changes.composed.concerns(self.composed)
            or changes.required.concerns(self.required)
            or (self.xr and not unchanged(xr, self.xr))
        )


def take(read: Callable[[Observed], T], observed: Observed) -> Reading[T]:
    """Read a value, and note what is looked at."""
    xr: Note = {}
    composed, required = Noting(observed.composed), Noting(observed.required)
    value = read(Observed(NotingView(observed.xr, xr), composed, required))
    return Reading(value, xr, composed.seen(), required.seen())
