"""A clock for tests."""

from dataclasses import dataclass


@dataclass
class Clock:
    """A clock that a test moves. Unix time."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        """The time."""
        return self.now
