"""Durations of one unit, such as 90s, 30m or 2h."""

SECONDS = {"s": 1, "m": 60, "h": 3600}
"""Of each unit."""


def seconds(duration: str) -> int:
    """The seconds of a duration."""
    return int(duration[:-1]) * SECONDS[duration[-1]]
