"""Programs that tests run where they are: built for the control plane, or on the PATH."""

import os
import shutil
from pathlib import Path

import pytest

from tests.plane.modules import MissingError
from tests.plane.programs import find


def tool(name: str) -> str:
    """A program's path. Skips where there is none: no test waits for a build.

    It is on the PATH from then on: the `nodeapp` command looks for kubectl there.
    """
    path, there = built(name), shutil.which(name)
    if path is not None and there is None:
        os.environ["PATH"] += f"{os.pathsep}{path.parent}"
    if path is None and there is None:
        pytest.skip(f"{name} is neither on the PATH nor built: uv run python -m tests.plane build")
    return str(path or there)


def built(name: str) -> Path | None:
    """What is built of a program, if anything."""
    try:
        return find(name)
    except MissingError:
        return None
