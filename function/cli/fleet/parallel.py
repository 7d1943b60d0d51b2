"""Work out many apps at once, in several processes, and show how far it is."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from function.cli.compared import Where
from function.cli.documents import Document
from function.cli.fleet.worlds import Effect, Move

ALONE = 24
"""Apps below which one process is faster: another one needs most of a second to begin."""
MOST = 8
"""Processes at most. Each takes about 90 MiB."""
CHUNK = 6
"""Apps that a process takes at a time: few, so that none is left with many at the end."""


def effects(move: Move, apps: Mapping[Where, Document]) -> list[Effect]:
    """What happens to each app, in the apps' order. Raises UnansweredError."""
    pairs = sorted(apps.items())
    with progress(len(pairs)) as advance:
        done = []
        for each in worked_out(move, pairs):
            done.append(each)
            advance()
        return done


def worked_out(move: Move, pairs: list[tuple[Where, Document]]) -> Iterator[Effect]:
    """The effects one after another, as they are known."""
    processes = min(available(), MOST, len(pairs) // ALONE + 1)
    if processes == 1:
        yield from (move.effect(*pair) for pair in pairs)
        return
    # Not forked: gRPC doesn't survive that.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        try:
            yield from pool.map(partial(one, move), pairs, chunksize=CHUNK)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def one(move: Move, pair: tuple[Where, Document]) -> Effect:
    """One app, in a process of the pool."""
    return move.effect(*pair)


def available() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def progress(total: int) -> Iterator[partial[None]]:
    """A bar on standard error, if that is a terminal; to be called for each app that is done."""
    from rich.console import Console  # noqa: PLC0415  # rich is slow to import, and a pipe needs none of it.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    hidden = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden) as bar:
        task = bar.add_task("apps", total=total)
        yield partial(bar.advance, task)
