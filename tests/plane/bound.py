"""Become another program, which Linux kills as soon as its parent ends.

Usage: python bound.py PARENT PROGRAM OPTION…
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""From linux/prctl.h."""


def main() -> None:
    """Ask to be killed with the parent, then become the program."""
    parent, program, *options = sys.argv[1:]
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL):
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != int(parent):  # It ended in the meantime.
        sys.exit(1)
    os.execv(program, [program, *options])  # noqa: S606  # Whatever the parent started.


if __name__ == "__main__":
    main()
