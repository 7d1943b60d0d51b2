"""Run many lives and count what happened in them: python -m tests.machine [LIVES] [--seed SEED].

Prints the command, the seed, and how often each kind of edit and loss was done. Exits 1 if a life breaks an
invariant, or if a kind was done fewer than 10 times in 1,000 lives: then nothing is proved of it.
The same number and seed give the same lives.
"""

import argparse
import sys
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.app_machine import counts, kinds
from tests.machine.lives import STEPS, Classic, Modern

LEAST = 10
"""How often each kind must be done in 1,000 lives."""
STYLES = (Classic, Modern)
TOGETHER = 25
"""Lives that share a seed: Hypothesis varies what it tried before, so of more of them many are alike."""


def main() -> int:
    """Run the lives, print the counts, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.machine", description="Run many lives of an app.")
    parser.add_argument("lives", nargs="?", type=int, default=1000, help="how many, half of each style")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    asked = parser.parse_args()
    each = max(1, asked.lives // len(STYLES))
    say(f"python -m tests.machine {asked.lives} --seed {asked.seed}")
    with ProcessPoolExecutor(len(STYLES)) as pool:
        done = list(pool.map(partial(run, lives=each, number=asked.seed), range(len(STYLES))))
    total = Counter(dict.fromkeys(kinds, 0))
    for counted, _ in done:
        total.update(counted)
    least = LEAST * each * len(STYLES) // 1000
    rare = [kind for kind in kinds if total[kind] < least]
    for kind, count in sorted(total.items(), key=lambda item: (item[1], item[0])):
        say(f"{count:7} {kind}{f', fewer than {least}' if kind in rare else ''}")
    problems = [problem for _, problem in done if problem]
    say("\n".join(problems))
    verdict = "FAILED" if problems or rare else "no row gone without a word"
    say(f"{each * len(STYLES)} lives, seed {asked.seed}: {verdict}")
    return 1 if problems or rare else 0


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201  # A command's output.


def run(style: int, lives: int, number: int) -> tuple[dict[str, int], str]:
    """What happened in the lives of a style, and what went wrong, as text."""
    counts.clear()
    for begun in range(0, lives, TOGETHER):
        tried = settings(
            max_examples=min(TOGETHER, lives - begun),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(seed(f"{number} {style} {begun}")(STYLES[style]), settings=tried)
        except Exception:  # noqa: BLE001  # Whatever it is, it is printed and fails the run.
            return dict(counts), f"{STYLES[style].__name__}: {traceback.format_exc(limit=-2)}"
    return dict(counts), ""


if __name__ == "__main__":
    sys.exit(main())
