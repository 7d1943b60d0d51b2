"""Follow each Dockerfile, throw away what its last stage doesn't take, and serve from what is left.

It needs root, a Python of the Dockerfile's minor version, and free paths where the image has its folders.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import arguments
from tests.image.dockerfile import Stage, Step, stages
from tests.image.served import IMAGES, Image, said

NETWORK = re.compile(r"(?i)proxy|cert|index|ca_bundle")
"""Names of variables by which this machine reaches a package registry."""


def python(steps: list[Step]) -> str | None:
    """The base image's Python, where this machine has one of that version: on the PATH, or pyenv's."""
    [version] = re.findall(r"python:(\d+\.\d+)", steps[0].rest)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    folders = [*os.environ["PATH"].split(":"), *map(str, pyenv.glob(f"versions/{version}.*/bin"))]
    candidates = (shutil.which(f"python{version}", path=each) for each in folders if "/shims" not in each)
    return next(filter(None, candidates), None)


def hindrance(base: str | None, home: Path) -> str:
    """Why a Dockerfile can't be followed here."""
    if base is None:
        return "there is no Python of the Dockerfile's version"
    if os.getuid():
        return f"{home} can be made by root alone"
    return f"{home} is there already" if home.exists() else ""


def built(made: Image, base: str, build: list[Step], last: list[Step], folder: Path) -> Stage:
    """The last stage, with nothing of the first but what it takes."""
    subprocess.run([base, "-m", "venv", str(folder)], check=True)  # noqa: S603  # Ours.
    system = f"{folder / 'bin'}:/usr/bin:/bin"
    network = {key: value for key, value in os.environ.items() if NETWORK.search(key)}
    only = {"UV_PYTHON": str(folder / "bin" / "python")}  # The base image has no other one.
    Stage(made.context, network | only | {"PATH": system, "HOME": str(folder)}).follow(build)
    taken = {Path(step.rest.split()[1]) for step in last if step.rest.startswith("--from=")}
    for left in set(made.home.iterdir()) - taken:
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    stage = Stage(made.context, {"PATH": system})
    stage.follow(last)
    return stage


def follow(made: Image) -> bool:
    """Make one image, and say how it went. Returns whether it serves."""
    build, last = stages((made.context / "Dockerfile").read_text())
    base = python(build)
    if why := hindrance(base, made.home):
        say(f"SKIPPED: {why}")
        return True
    try:
        with TemporaryDirectory(prefix="nodeapp-image-") as folder:
            stage = built(made, base or "", build, last, Path(folder))
            size = sum(file.stat().st_size for file in made.home.rglob("*") if file.is_file()) // 2**20
            program = shutil.which(stage.entrypoint[0], path=stage.env["PATH"])
            assert program, f"{stage.entrypoint[0]} isn't on the image's PATH"
            answer = said(made, stage, program)
    finally:
        shutil.rmtree(made.home, ignore_errors=True)
    say(f"{size} MiB over the base image; {' '.join(stage.entrypoint)} serves, and answers with {answer}")
    return answer == made.expected


def main() -> int:
    """Make all images."""
    return int(not all(map(follow, IMAGES)))


def say(line: str) -> None:
    """One line of what is found out."""
    print(line, flush=True)  # noqa: T201  # A command's output.


if __name__ == "__main__":
    arguments.none("tests.image", __doc__)
    sys.exit(main())
