"""How long to wait after failures: twice as long after each, up to a bound."""

ENOUGH = 32
"""Failures after which the wait doubles no more, as it is at its bound. Days of failures, one every five
minutes, double it more often than a float holds."""


def after(failures: int, first: float, longest: float) -> float:
    """Seconds to wait after one more failure. `failures`: those before it."""
    return min(longest, first * 2.0 ** min(failures, ENOUGH))
