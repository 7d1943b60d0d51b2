"""What is known and wanted of one status."""

from dataclasses import dataclass
from typing import Any

from fleet_services.commit_status.verdict import State, Verdict

VERDICTS: tuple[State, ...] = ("success", "failure")
FINAL: tuple[State, ...] = (*VERDICTS, "error")


@dataclass(frozen=True, slots=True)
class Place:
    """The status that is meant: GitHub keeps the newest of each name for a commit."""

    repository: str
    """Owner and name."""
    commit: str
    context: str
    """Its name."""


@dataclass
class Entry:
    """The status of one name on one commit."""

    wanted: Verdict
    known: Any = None
    """What GitHub has: a pair of state and description, or None if that wasn't read yet."""
    tries: int = 0
    retry: float = 0.0
    """When to try again after a failure."""
    pause: float = 0.0
    """When progress may be reported again."""
    ends: bool = False
    """Whether it only ends a wait: it is posted if GitHub has the state pending, and not otherwise."""

    @property
    def due(self) -> float:
        """When it may be posted. What is final doesn't wait for the pause."""
        return self.retry if self.wanted.state in FINAL else max(self.retry, self.pause)

    @property
    def unsent(self) -> bool:
        """Whether GitHub lacks what is wanted."""
        return bool(self.known != (self.wanted.state, self.wanted.description))
