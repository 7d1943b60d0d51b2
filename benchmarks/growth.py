"""How a call's cost grows with the size of what is observed, the number of apps, and the number of calls."""

import time
import tracemalloc
from collections.abc import Callable

import grpc

from benchmarks import requests
from benchmarks.contestants import OURS
from benchmarks.served import raw, served
from function.edge.fn import FunctionRunner

Cells = Callable[[str, str], None]
"""Prints a row of a table."""

TIMES = (1, 4, 16)
ROTATION = (10, 1_000, 3_000, 10_000)
"""Numbers of apps. Of the last, not all are remembered."""
LARGEST = 100
"""KiB of environment variables, in an app near the bound of a spec."""
EDITS = 1_000
CALLS = 200_000
"""Calls of the last measure. A million of them take about half an hour."""
NEW = 4
"""Every so many calls, one is about an app that was never asked about."""
FULL = 20_000
"""Calls after which the memory is compared: all that may be remembered is filled by 5,000 new apps."""
NAMED = "app-{:07}"
"""Names of the new apps, all of the same length."""
SAMPLES = 10
"""How often the memory is measured after that."""
LEAST = FULL + SAMPLES
"""Calls without which nothing could be compared."""


def show(cells: Cells, calls: int) -> None:
    """Print all measures of growth. `calls`: of the last one."""
    observed(cells)
    rotation(cells)
    edits(cells)
    endurance(cells, calls)


def observed(cells: Cells) -> None:
    """Latency, with managedFields TIMES as large."""
    steady = requests.load(requests.STEADY)
    base = None
    for times in TIMES:
        data = requests.grown(steady, times).SerializeToString()
        with served(OURS, data) as ours:
            taken = ours.latencies([data], 300)[150]
        base = base or taken
        cells(
            f"{times} x the managedFields ({len(data) // 1024} KiB)", f"{taken / base:.2f} x the steady call"
        )


def rotation(cells: Cells) -> None:
    """CPU and memory, with calls about ROTATION apps in turn, and what the memo takes for its size."""
    steady = requests.load(requests.STEADY)
    base = None
    for apps in ROTATION:
        runner = FunctionRunner()
        asked = [requests.named(steady, f"app-{n}").SerializeToString() for n in range(apps)]
        tracemalloc.start()
        for data in asked:
            runner.run(data)
        kept = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        begun = time.process_time()
        for data in asked[:1_000]:
            runner.run(data)
        taken = (time.process_time() - begun) / min(apps, 1_000)
        base = base or taken
        counted = runner.replies.by_xr.currsize
        cells(
            f"{apps:,} apps in turn",
            f"{taken / base:.2f} x the CPU of ten; {kept / 2**20:.0f} MiB are remembered, and "
            f"{counted / kept:.2f} x that is counted",
        )


def edits(cells: Cells) -> None:
    """Memory of a replica while one app near the bound of a spec is edited EDITS times."""
    large = requests.large(requests.load(requests.STEADY), LARGEST)
    asked = [requests.edited(large, number).SerializeToString() for number in range(EDITS)]
    with served(OURS, asked[0]) as ours:
        ours.latencies(asked, EDITS // 10)
        early = ours.memory()
        ours.latencies(asked, EDITS)
        grown = ours.memory() / early
        cells(f"memory after {EDITS:,} edits of a large app", f"{grown:.3f} x that after {EDITS // 10}")


def endurance(cells: Cells, calls: int) -> None:
    """Memory of a replica after `calls` calls, of which every NEWth is about a new app.

    More is asked of it than can be remembered, so the memory grows only if something is never forgotten.
    """
    steady = requests.load(requests.STEADY).SerializeToString()
    new = requests.named(requests.load(requests.FIRST), NAMED.format(0)).SerializeToString()
    with served(OURS, steady) as ours, grpc.insecure_channel(ours.address) as channel:
        ask, memory = raw(channel), list[int]()
        for number in range(calls):
            # All names have the same length, so the rest of the message stays right.
            other = new.replace(NAMED.format(0).encode(), NAMED.format(number).encode())
            ask(steady if number % NEW else other, wait_for_ready=True)
            if number >= FULL and (number - FULL) % ((calls - FULL) // SAMPLES) == 0:
                memory.append(ours.memory())
    grown = max(memory[1:]) / memory[0]
    cells(
        f"memory up to {calls:,} calls, a quarter of them about new apps",
        f"at most {grown:.3f} x the {memory[0] / 1024:.0f} MiB after {FULL:,} calls",
    )
