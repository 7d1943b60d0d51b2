"""How every subcommand ends where the machine fails it: in one sentence, and never with a traceback."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

INTERRUPTED = 130
"""Exit code after Ctrl-C, as of a shell. 1 would be an answer."""


class FailedError(click.ClickException):
    """What keeps a command from its work. The message is one sentence, and the exit code 2."""

    exit_code = 2


@contextmanager
def named() -> Iterator[None]:
    """End the command with a sentence if a file can't be read or written, or the output can't be."""
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except OSError as error:
        if error.errno == errno.EPIPE:  # click ends it: whoever reads has enough.
            raise
        if error.filename is None:
            silence()
        what, reason = error.filename or "the output can't be written", error.strerror or str(error)
        message = f"{what}: {reason.lower()}"
        raise FailedError(message) from error


def silence() -> None:
    """Let nothing more be printed. Python would try to print the rest when it ends, and fail again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
