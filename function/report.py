"""What a part reports: conditions, its slice of the status, events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from function.api.reasons import Reason
from function.api.status import Status

PROGRESSING: Final = "Progressing"
"""Reason: an object isn't created or updated yet. Nobody has to act, so it causes no event."""
NOT_READY: Final = "NotReady"
"""Reason: an object has the desired spec, but doesn't work."""
NOT_APPLICABLE: Final = "NotApplicable"
"""Reason: the part isn't asked for."""
WAITING_FOR_DATABASE: Final = "WaitingForDatabase"
"""Reason: the part can't work without its database. DatabaseReady says what is wrong."""

WAITING_FOR_MIGRATION: Final = "WaitingForMigration"
"""Reason: the part must not run before the backend migrated the database. BackendReady says what is wrong."""

WAITING: tuple[Reason, ...] = (
    PROGRESSING,
    WAITING_FOR_DATABASE,
    WAITING_FOR_MIGRATION,
    "NoImage",
    "LookingUp",
)
"""Reasons for which nobody has to act, or the part never ran. They cause no Warning event, and of several
problems another one is told first."""


class Problem(NamedTuple):
    """Why an object isn't ready: the reason of its part's condition, and a sentence."""

    reason: Reason
    message: str


Why = Mapping[str, Problem | None]
"""Key of one of the part's own objects → why it isn't ready. Sorted by key."""


@dataclass(frozen=True, slots=True)
class ConditionType:
    """A type of condition, and how it counts. Once an XR has it, every response has it."""

    name: str
    """In the status, such as DatabaseReady."""
    part: str = ""
    """Part of the app, a prefix of the message where the type isn't shown."""
    gates: bool = False
    """Whether the app isn't Ready while this is False."""

    def true(self, reason: Reason, message: str = "") -> "Condition":
        """This condition, True."""
        return Condition(self, ok=True, reason=reason, message=message)

    def false(self, reason: Reason, message: str) -> "Condition":
        """This condition, False. The message says what is wrong and what to do."""
        return Condition(self, ok=False, reason=reason, message=message)

    def lacking(self, reason: Reason, message: str) -> "Condition":
        """This condition, False because the platform lacks something."""
        return Condition(self, ok=False, reason=reason, message=message, for_platform=True)

    def not_applicable(self, message: str = "") -> "Condition":
        """This condition, for a part that isn't asked for. It is True, as nothing is missing."""
        return self.true(NOT_APPLICABLE, message)

    def of_objects(self, why: Why, good: Reason = "Available") -> "Condition":
        """True with the reason `good`, or False for the first object of the part that isn't ready."""
        problem = next(filter(None, why.values()), None)
        return self.false(*problem) if problem else self.true(good)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the composite and its claim. The message is for a person."""

    type: ConditionType
    ok: bool
    reason: Reason
    message: str = ""
    for_platform: bool = False
    """Whether only the platform team can end it. It isn't the app's message then, as no
    commit would end that."""

    def sentence(self) -> str:
        """The message, with the part as its prefix."""
        return f"{self.type.part}: {self.message}" if self.type.part else self.message


@dataclass(frozen=True, slots=True)
class Event:
    """Something to report once, not on every call. It becomes a Kubernetes event."""

    reason: Reason
    message: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What one part reports now."""

    conditions: Sequence[Condition] = ()
    status: Status | None = None
    """Its own fields of the status, and no others."""
    events: Sequence[Event] = ()
