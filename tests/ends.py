"""A guard against what ends only after minutes: the test fails then, instead of hanging."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 20.0
"""Seconds of CPU. What is guarded takes milliseconds, and takes minutes or years if it is wrong."""


@contextmanager
def ends() -> Iterator[None]:
    """Fail if the block doesn't end. Python looks for signals within a regular expression too."""

    def fail(*_: object) -> None:
        message = f"it goes on after {PATIENCE} s of CPU"
        raise AssertionError(message)

    before = signal.signal(signal.SIGPROF, fail)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
