"""Follow the Dockerfile, throw away what its last stage doesn't take, and serve from what is left.

It needs root, a Python of the Dockerfile's minor version, and no /function on this machine.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import grpc

from tests.image.dockerfile import Stage, Step, stages
from tests.serving import answered, app, free_port, image, wait_for_listener

ROOT = Path(__file__).parents[2]
HOME = Path("/function")
NETWORK = re.compile(r"(?i)proxy|cert|index|ca_bundle")
"""Names of variables by which this machine reaches a package registry."""


def python(steps: list[Step]) -> str | None:
    """The base image's Python, where this machine has one of that version: on the PATH, or pyenv's."""
    [version] = re.findall(r"python:(\d+\.\d+)", steps[0].rest)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    folders = [*os.environ["PATH"].split(":"), *map(str, pyenv.glob(f"versions/{version}.*/bin"))]
    candidates = (shutil.which(f"python{version}", path=each) for each in folders if "/shims" not in each)
    return next(filter(None, candidates), None)


def hindrance(base: str | None) -> str:
    """Why the Dockerfile can't be followed here."""
    if base is None:
        return "there is no Python of the Dockerfile's version"
    if os.getuid():
        return "/function can be made by root alone"
    return f"{HOME} is there already" if HOME.exists() else ""


def built(base: str, build: list[Step], last: list[Step], folder: Path) -> Stage:
    """The last stage, with nothing of the first but what it takes."""
    subprocess.run([base, "-m", "venv", str(folder)], check=True)  # noqa: S603  # Ours.
    system = f"{folder / 'bin'}:/usr/bin:/bin"
    network = {key: value for key, value in os.environ.items() if NETWORK.search(key)}
    only = {"UV_PYTHON": str(folder / "bin" / "python")}  # The base image has no other one.
    Stage(ROOT, network | only | {"PATH": system, "HOME": str(folder)}).follow(build)
    taken = {Path(step.rest.split()[1]) for step in last if step.rest.startswith("--from=")}
    for left in set(HOME.iterdir()) - taken:
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    stage = Stage(ROOT, {"PATH": system})
    stage.follow(last)
    return stage


def serves(stage: Stage) -> str:
    """The image that a NodeApp asks for, as the server's answer has it."""
    port = free_port()
    command = [*stage.entrypoint, "--insecure", "--address", f"127.0.0.1:{port}"]
    program = shutil.which(command[0], path=stage.env["PATH"])
    assert program, f"{command[0]} isn't on the image's PATH"
    with subprocess.Popen([program, *command[1:]], cwd="/", env=stage.env, text=True) as process:  # noqa: S603  # Ours.
        try:
            wait_for_listener(port, process)
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                return image(answered(channel, app()))
        finally:
            process.terminate()


def main() -> int:
    """Say how it went."""
    build, last = stages((ROOT / "Dockerfile").read_text())
    base = python(build)
    if why := hindrance(base):
        say(f"SKIPPED: {why}")
        return 0
    try:
        with TemporaryDirectory(prefix="nodeapp-image-") as folder:
            stage = built(base or "", build, last, Path(folder))
            size = sum(file.stat().st_size for file in HOME.rglob("*") if file.is_file()) // 2**20
            wanted = serves(stage)
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
    say(f"{size} MiB over the base image; {' '.join(stage.entrypoint)} serves, and answers with {wanted}")
    return int(wanted != "ghcr.io/acme/dashboard:1")


def say(line: str) -> None:
    """One line of what is found out."""
    print(line, flush=True)  # noqa: T201  # A command's output.


if __name__ == "__main__":
    sys.exit(main())
