"""Programs that tests run where they are: on the PATH, or built for the control plane."""

import os
import re
import shutil
from pathlib import Path

import pytest


def tool(name: str) -> str:
    """A program's path: on the PATH, else where the scripts of NODEAPP_PLANE build it. Skips without it."""
    scripts, folder = os.environ.get("NODEAPP_PLANE"), os.environ.get("BIN")
    if scripts and not folder:
        default = re.search(r"BIN:-([^}]+)", (Path(scripts) / "tools.sh").read_text())
        folder = default[1] if default else None
    found = shutil.which(name) or (shutil.which(name, path=folder) if folder else None)
    if found is None:
        pytest.skip(f"{name} is neither on the PATH nor among the tools of NODEAPP_PLANE")
    return found
