"""How a call's cost grows with the size of what is observed, the number of apps, and the number of calls."""

import time
import tracemalloc
from collections.abc import Callable

from benchmarks import requests
from benchmarks.contestants import OURS
from benchmarks.served import served
from function.edge.fn import FunctionRunner

TIMES = (1, 4, 16)
ROTATION = (10, 1_000, 3_000, 10_000)
"""Numbers of apps. Of the last, not all are remembered."""
LARGEST = 100
"""KiB of environment variables, in an app near the bound of a spec."""
EDITS = 1_000
MANY = 200_000
LATE = 20_000
"""Calls after which memory is compared: caches are filled by then."""


def show(say: Callable[[str], None]) -> None:
    """Print all measures of growth."""
    observed(say)
    rotation(say)
    edits(say)
    endurance(say)


def observed(say: Callable[[str], None]) -> None:
    """Latency, with managedFields TIMES as large."""
    steady = requests.load(requests.STEADY)
    base = None
    for times in TIMES:
        data = requests.grown(steady, times).SerializeToString()
        with served(OURS, data) as ours:
            taken = ours.latencies([data], 300)[150]
        base = base or taken
        say(f"observed state x {times:<2} ({len(data) // 1024} KiB): {taken / base:.2f} x the steady p50")


def rotation(say: Callable[[str], None]) -> None:
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
        say(
            f"{apps:>6} apps in turn: {taken / base:.2f} x the CPU of ten, {kept / 2**20:.0f} MiB remembered "
            f"and {counted / kept:.2f} x that counted"
        )


def edits(say: Callable[[str], None]) -> None:
    """Memory of a replica while one app near the bound of a spec is edited EDITS times."""
    large = requests.large(requests.load(requests.STEADY), LARGEST)
    asked = [requests.edited(large, number).SerializeToString() for number in range(EDITS)]
    with served(OURS, asked[0]) as ours:
        ours.latencies(asked, EDITS // 10)
        early = ours.memory()
        ours.latencies(asked, EDITS)
        say(f"memory after {EDITS} edits of a large app: {ours.memory() / early:.3f} x that after a tenth")


def endurance(say: Callable[[str], None]) -> None:
    """Memory after MANY calls."""
    data = requests.load(requests.STEADY).SerializeToString()
    with served(OURS, data) as ours:
        ours.latencies([data], LATE)
        early = ours.memory()
        ours.latencies([data], MANY - LATE)
        say(f"memory after {MANY} calls: {ours.memory() / early:.3f} x that after {LATE}")
