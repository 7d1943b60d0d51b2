"""Go modules: where their files are, what identifies a build of them, and why there is none."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

MODULES = Path(__file__).with_name("modules")
"""One folder for each family of programs, with its go.mod and go.sum."""


class MissingError(Exception):
    """Something can't be had on this machine. The message is one sentence that says what and why."""


def cache_folder() -> Path:
    """The user's cache folder for what is built and read here."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "function-nodeapp"


def go(family: str, *arguments: str, low_priority: bool = False) -> str:
    """What a go command prints in a family's folder. Raises MissingError where it fails."""
    if sys.platform != "linux":
        msg = "the control plane runs on Linux only: it needs all addresses of 127.0.0.0/8"
        raise MissingError(msg)
    program = shutil.which("go")
    if program is None:
        msg = "the control plane's programs are built with Go 1.26 or newer, and there is no go on the PATH"
        raise MissingError(msg)
    command = [*(["nice", "-n", "19"] if low_priority else []), program, *arguments]
    folder = MODULES / family
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  # Ours.
    if done.returncode:
        reason = (done.stderr or done.stdout).strip()
        msg = f"go {arguments[0]} fails for {family}: {reason}"
        raise MissingError(msg)
    return done.stdout


def pin_key(family: str, *more: str) -> str:
    """A hash of a family's pinned modules, and of more that decides on what is made of them."""
    pinned = [(MODULES / family / name).read_bytes() for name in ("go.mod", "go.sum")]
    return hashlib.sha256(b"\0".join([*pinned, *(each.encode() for each in more)])).hexdigest()[:16]


@cache
def build_key(family: str, *flags: str) -> str:
    """A hash of all that decides on a build: modules, Go's version, and flags. Raises MissingError."""
    return pin_key(family, go(family, "env", "GOVERSION", "GOOS", "GOARCH"), *flags)


@cache
def module_folder(family: str, module: str) -> Path:
    """Where Go keeps the files of a module, in the version that a family pins. Downloads it if it must.

    Raises MissingError.
    """
    return Path(json.loads(go(family, "mod", "download", "-json", module))["Dir"])
