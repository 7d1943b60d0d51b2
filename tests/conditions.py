"""Conditions that many tests expect."""

from tests.simulator import StatusCondition

HONORED = StatusCondition("True", "Honored", "")


def held(message: str) -> StatusCondition:
    """What SpecHonored says where something is held."""
    return StatusCondition("False", "Held", message)


def not_ready(message: str) -> StatusCondition:
    """A condition of what is there, and doesn't work yet or any more."""
    return StatusCondition("False", "NotReady", message)


def progressing(message: str) -> StatusCondition:
    """What a condition says that waits."""
    return StatusCondition("False", "Progressing", message)
