"""Base backups that are due and that nobody begins, told without a clock.

CloudNativePG writes into a ScheduledBackup when the next base backup is due. It is overdue if anything of the
app happened later.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from function.app import Object, Observed
from function.read import at, items, text

GRACE = timedelta(hours=1)
"""CloudNativePG begins a base backup within seconds of its time. An operator that is being upgraded or moved
to another node gets an hour."""
TIMES = ("lastTransitionTime", "lastUpdateTime")
"""Fields of a condition: when something changed."""


def is_suspended(schedule: Object | None) -> bool:
    """Whether a ScheduledBackup is suspended."""
    return at(schedule, "spec", "suspend") is True


def overdue(schedule: Object | None, observed: Observed) -> str | None:
    """When the base backup was due that should have begun by now; None if none is overdue."""
    due = text(schedule, "status", "nextScheduleTime")
    deadline = parsed(due)
    if deadline is None:
        return None
    moments = (parsed(moment) for moment in seen(observed))
    # No sum: a time with an hour more may be later than any that Python has.
    return due if any(moment and moment - deadline > GRACE for moment in moments) else None


def seen(observed: Observed) -> Iterator[str | None]:
    """Moments that have passed: changes of the conditions of the app and of its objects."""
    for each in (observed.xr, *observed.composed.values()):
        for condition in items(each, "status", "conditions"):
            yield from (text(condition, field) for field in TIMES)


def parsed(moment: str | None) -> datetime | None:
    """A moment in RFC 3339, or None."""
    try:
        time = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return time if time.tzinfo else None
