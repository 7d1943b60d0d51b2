"""The cost of a call, as a ratio to an empty function: python -m benchmarks [--profile]."""

import argparse
import cProfile
import pstats
import statistics
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from benchmarks import beside, contestants, growth, requests
from benchmarks.contestants import EMPTY, OURS, Contestant
from benchmarks.served import CLIENT, Served, pin, quantile, served
from function.edge.fn import FunctionRunner

THOUSAND = 1_000
CALLS = 400
"""Calls of each measure in each round."""


def main() -> None:
    """Print the ratios, or the profile."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of all measures; default: %(default)s")
    parser.add_argument(
        "--calls", type=int, default=growth.CALLS, help="calls of the last measure; default: %(default)s"
    )
    parser.add_argument("--profile", action="store_true", help="only show which functions take the time")
    options = parser.parse_args()
    if options.calls < growth.LEAST:
        parser.error(f"--calls must be at least {growth.LEAST}: fewer fill no memory that is compared")
    if options.profile:
        profile()
        return
    pin(CLIENT)
    first, steady = requests.load(requests.FIRST), requests.load(requests.STEADY)
    with ExitStack() as stack:
        ours = stack.enter_context(served(OURS, OURS.asked(first)))
        objects = contestants.desired(ours.call(OURS.asked(first)))
        others = [contestants.pythonic(objects), EMPTY]
        running = [ours, *(stack.enter_context(served(c, c.asked(first))) for c in others if c)]
        if None in others:
            say("SKIPPED: function-pythonic can't be installed here, or there is no Python 3.13")
        heading(running[:-1])
        for name, measure in measures(steady).items():
            row(name, running, measure, options.rounds)
    say("")
    cells("Growth", "")
    cells("---", "---")
    growth.show(cells, options.calls)
    beside.show(cells)


def measures(steady: requests.Request) -> dict[str, Callable[[Served], float]]:
    """The measures, by name. A larger value is worse."""

    def data(contestant: Contestant) -> list[bytes]:
        return [contestant.asked(steady)]

    def touched(contestant: Contestant) -> list[bytes]:
        return [contestant.asked(requests.touched(steady, str(next(numbers)))) for _ in range(CALLS)]

    def changed(contestant: Contestant) -> list[bytes]:
        return [contestant.asked(requests.edited(steady, next(numbers))) for _ in range(CALLS)]

    def new(contestant: Contestant) -> list[bytes]:
        return [contestant.asked(requests.named(steady, f"app-{next(numbers)}")) for _ in range(CALLS)]

    numbers = iter(range(10**9))
    kinds = {"steady": data, "touched": touched, "changed": changed, "new": new}
    quantiles = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {
        **{
            f"{kind}, {name}": partial(latency, asked, q)
            for kind, asked in kinds.items()
            for name, q in quantiles.items()
        },
        "steady, seconds a call at 16 at once": lambda it: 1 / it.throughput(data(it.contestant)[0], CALLS),
        "cold start": lambda it: cold(it.contestant, data(it.contestant)[0]),
        f"memory with {THOUSAND:,} apps": lambda it: filled(it.contestant, steady),
    }


def latency(asked: Callable[[Contestant], list[bytes]], q: float, server: Served) -> float:
    """A quantile of the seconds that a call takes."""
    return quantile(server.latencies(asked(server.contestant), CALLS), q)


def cold(contestant: Contestant, data: bytes) -> float:
    """Seconds from the start of a new process to its first response."""
    with served(contestant, data) as it:
        return it.cold


def filled(contestant: Contestant, steady: requests.Request) -> float:
    """Memory of a new process after calls about a thousand apps, in KiB."""
    asked = [contestant.asked(requests.named(steady, f"app-{n}")) for n in range(THOUSAND)]
    with served(contestant, asked[0]) as it:
        it.latencies(asked, THOUSAND)
        return it.memory()


def heading(compared: list[Served]) -> None:
    """Print the head of a table, with the names of the contestants that are compared."""
    cells("", *(each.contestant.name for each in compared))
    cells(*["---"] * (1 + len(compared)))


def row(name: str, running: list[Served], measure: Callable[[Served], float], rounds: int) -> None:
    """Print one measure of all contestants. They take turns, and a ratio is between values of one round."""
    results = [[measure(it) for it in running] for _ in range(rounds)]
    ratios = [[each / values[-1] for each in values[:-1]] for values in results]
    cells(
        name,
        *(
            f"{statistics.median(column):.2f} ({min(column):.2f}-{max(column):.2f})"
            for column in zip(*ratios, strict=True)
        ),
    )


def profile() -> None:
    """Profile the calls that aren't steady, in process."""
    steady, numbers = requests.load(requests.STEADY), range(1_000)
    kinds = {
        "touched": [requests.touched(steady, str(number)) for number in numbers],
        "changed": [requests.edited(steady, number) for number in numbers],
        "new": [requests.named(steady, f"app-{number}") for number in numbers],
    }
    for kind, asked in kinds.items():
        runner, profiler = FunctionRunner(), cProfile.Profile()
        sent = [each.SerializeToString() for each in asked]
        runner.run(sent[0])
        profiler.enable()
        for data in sent[1:]:
            runner.run(data)
        profiler.disable()
        say(kind)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(20)


def cells(*texts: str) -> None:
    """Print a row of a table as docs/performance.md has it."""
    say(f"| {' | '.join(texts)} |")


def say(line: str) -> None:
    """Print one line."""
    print(line, flush=True)  # noqa: T201  # A command's output.


if __name__ == "__main__":
    main()
