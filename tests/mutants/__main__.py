"""Try all mutants, or those whose description has a word: python -m tests.mutants [word].

Each is tried in a copy of the tree, two at a time or as many as there are cores. Exits 1 where a mutant
survives, where its text isn't found exactly once, or where the tests fail without any.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
LISTS = sorted(Path(__file__).parent.glob("*.yaml"))


class Mutant(NamedTuple):
    """One small edit of the source."""

    about: str
    """The guard that it takes away, or what a user would suffer from it."""
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    """Those of which one must fail: a module of tests/, or module::test."""

    def edited(self) -> str:
        """The file's text with the edit. Raises LookupError if the text isn't there once."""
        source = (ROOT / self.file).read_text()
        if source.count(self.old) != 1:
            message = f"{self.file} has `old` {source.count(self.old)} times; correct it in tests/mutants/"
            raise LookupError(message)
        return source.replace(self.old, self.new)


def mutants(word: str = "") -> list[Mutant]:
    """All mutants whose description has a word."""
    listed = [
        Mutant(
            each.get("guard") or each["harm"],
            file if (ROOT / file).exists() else f"function/{file}",
            each["old"],
            each["new"],
            tuple(each["tests"].split()),
        )
        for path in LISTS
        for file, edits in yaml.safe_load(path.read_text()).items()
        for each in edits
    ]
    return [mutant for mutant in listed if word in mutant.about]


def results(chosen: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Each mutant and what is wrong with it, as they end: nothing where it is killed."""
    from tests.mutants import forked  # noqa: PLC0415  # It imports much, which the list's test doesn't need.

    waiting = list(chosen)
    running: dict[forked.Run, Mutant] = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            mutant = waiting.pop(0)
            try:
                running[forked.start(mutant.tests, {mutant.file: mutant.edited()})] = mutant
            except LookupError as error:
                yield mutant, str(error)
        if running:
            run, failed = forked.ended(running)
            yield running.pop(run), "" if failed else "it survived"


def passes_unchanged(chosen: list[Mutant]) -> bool:
    """Whether all their tests pass without any mutant."""
    from tests.mutants import forked  # noqa: PLC0415  # As above.

    run = forked.start(tuple(sorted({test for mutant in chosen for test in mutant.tests})), {})
    return not forked.ended({run: None})[1]


def say(line: str) -> None:
    """One line of the table."""
    print(line, flush=True)  # noqa: T201  # A command's output.


def main() -> int:
    """Say of each mutant how it ended."""
    parser = ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("word", nargs="?", default="", help="part of a description; default: all mutants")
    word = parser.parse_args().word
    # Without a mutant, the tests that come first would be all there are.
    if not (chosen := mutants(word)):
        parser.error(f"no mutant's description has {word!r}")
    if not passes_unchanged(chosen):
        say("the tests fail without any mutant")
        return 1
    survivors = 0
    for mutant, wrong in results(chosen):
        survivors += bool(wrong)
        say(f"SURVIVED  {mutant.about}: {wrong}" if wrong else f"killed    {mutant.about}")
    say(f"{len(chosen) - survivors} of {len(chosen)} mutants killed")
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main())
