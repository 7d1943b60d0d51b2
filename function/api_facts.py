"""Facts of an API that the cluster may lack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApiFacts:
    """What is known of it, and whether it is used."""

    in_use: bool = False
    """Whether the app has an object of it."""
    missing: bool = False
    """Whether the cluster lacks it. False: it has it, or that isn't known."""
    answered: bool = False
    """Whether it was looked up."""

    @property
    def usable(self) -> bool:
        """Whether an object of it can be read: looking up a kind that isn't there fails the whole call."""
        return self.in_use or (self.answered and not self.missing)


UNKNOWN = ApiFacts()
"""Nothing is known yet."""
