"""Try all mutants, or those whose description has a word: python -m tests.mutants [word].

Each is tried in a copy of the tree, two at a time or as many as there are cores. Exits 1 where a mutant
survives, where its text isn't found exactly once, or where the tests fail without any.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("mutants.yaml")
PATIENCE = 300
"""Seconds that the tests of one mutant may take."""


class Mutant(NamedTuple):
    """One small edit of the source."""

    guard: str
    """What it takes away."""
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    """Those of which one must fail."""


def mutants(word: str = "") -> list[Mutant]:
    """All mutants whose description has a word."""
    return [
        Mutant(each["guard"], f"function/{file}", each["old"], each["new"], tuple(each["tests"].split()))
        for file, edits in yaml.safe_load(LIST.read_text()).items()
        for each in edits
        if word in each["guard"]
    ]


def tried(mutant: Mutant) -> str:
    """What is wrong: nothing where the mutant is killed."""
    source = (ROOT / mutant.file).read_text()
    if source.count(mutant.old) != 1:
        return f"{mutant.file} has its text {source.count(mutant.old)} times"
    return (
        "" if failed(mutant.tests, {mutant.file: source.replace(mutant.old, mutant.new)}) else "it survived"
    )


def failed(tests: tuple[str, ...], edited: dict[str, str]) -> bool:
    """Whether tests fail in a copy of the tree with these files."""
    with TemporaryDirectory(prefix="nodeapp-mutant-") as folder:
        copy = Path(folder)
        for part in ("function", "tests", "package", "example", "pyproject.toml", "README.md"):
            put(ROOT / part, copy / part)
        for file, text in edited.items():
            (copy / file).write_text(text)
        command = [sys.executable, "-m", "pytest", "-xq", "-p", "no:cacheprovider", "-n", "0"]
        paths = [f"tests/{name}.py" for name in tests]
        done = subprocess.run(  # noqa: S603  # Ours.
            [*command, *paths], cwd=copy, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout + done.stderr)
    return done.returncode == 1


def put(source: Path, target: Path) -> None:
    """Copy a file or a folder."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    else:
        shutil.copy(source, target)


def results(chosen: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Each mutant and what is wrong with it, in order."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from zip(chosen, pool.map(tried, chosen), strict=True)


def say(line: str) -> None:
    """One line of the table."""
    print(line, flush=True)  # noqa: T201  # A command's output.


def main() -> int:
    """Say of each mutant how it ended."""
    chosen = mutants(*sys.argv[1:2])
    if failed(tuple(sorted({name for mutant in chosen for name in mutant.tests})), {}):
        say("the tests fail without any mutant")
        return 1
    survivors = 0
    for mutant, wrong in results(chosen):
        survivors += bool(wrong)
        say(f"SURVIVED  {mutant.guard}: {wrong}" if wrong else f"killed    {mutant.guard}")
    say(f"{len(chosen) - survivors} of {len(chosen)} mutants killed")
    return int(survivors > 0 or not chosen)


if __name__ == "__main__":
    sys.exit(main())
