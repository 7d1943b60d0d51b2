"""What the nodeapp command takes: python -m benchmarks.command [--apps N].

It prints the CPU time of `nodeapp render` of the example, the best of several runs, and what `nodeapp diff`
of a fleet takes: with another Platform, and with another release of the function.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import yaml

from tests.command.fleets import write
from tests.generate import ROOT

RUNS = 7
"""Runs of render. The best one is the one that nothing else disturbed, and that found compiled modules."""
INSTALLED = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
"""pipx, `uv tool` and the image compile all modules once. Without that, each command compiles them."""
PLATFORM = ROOT / "example" / "platform.yaml"


class Spent(NamedTuple):
    """What a command took."""

    seconds: float
    cpu: float
    """Seconds of CPU, its processes included."""
    first: str
    """The first line of its output."""


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.command", description=__doc__)
    parser.add_argument("--apps", type=int, default=300, help="apps of the fleet; default: %(default)s")
    count = parser.parse_args().apps
    render = [spent("render", "example/nodeapp.yaml", "--platform", str(PLATFORM)) for _ in range(RUNS)]
    say(f"render of the example: {min(each.cpu for each in render):.2f} s of CPU")
    with TemporaryDirectory() as folder:
        apps = str(write(Path(folder, "apps"), count))
        new = Path(folder, "platform.yaml")
        new.write_text(yaml.safe_dump(moved(yaml.safe_load(PLATFORM.read_text()))))
        show("diff --platform", spent("diff", "--platform", str(PLATFORM), str(new), apps))
        show("diff --function", spent("diff", "--platform", str(PLATFORM), "--function", "HEAD", ".", apps))


def moved(platform: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    """A Platform with another domain, and one more variable for every backend."""
    spec = {key: value for key, value in platform["spec"].items() if key != "domains"}
    return platform | {"spec": spec | {"domain": "apps.example.com", "env": {"REGION": "eu"}}}


def spent(*arguments: str) -> Spent:
    """What a command of nodeapp takes."""
    start, before = time.monotonic(), os.times()
    command = [sys.executable, "-m", "function.cli", *arguments]
    done = subprocess.run(  # noqa: S603  # Ours.
        command, cwd=ROOT, env=INSTALLED, capture_output=True, text=True, check=True
    )
    after = os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    return Spent(time.monotonic() - start, cpu, done.stdout.partition("\n")[0])


def show(name: str, taken: Spent) -> None:
    """Print what a comparison of a fleet took, and what it came to."""
    say(f"{name}: {taken.seconds:.1f} s, {taken.cpu:.1f} s of CPU; {taken.first}")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201  # A command's output.


if __name__ == "__main__":
    main()
