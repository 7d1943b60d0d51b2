"""What a large request costs the calls beside it: their p50 and p99, as ratios to the same without it."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import grpc

from benchmarks import requests
from benchmarks.contestants import EMPTY, OURS
from benchmarks.served import CLIENT, Served, pin, quantile, raw, served

MEBIBYTES = 14
"""Size of the large request. The function receives up to 16 MiB."""
CALLS = 500
QUANTILES = {"p50": 0.5, "p99": 0.99}
UNLIMITED = [("grpc.max_receive_message_length", -1)]


def show(cells: Callable[[str, str], None]) -> None:
    """Print the ratios for each kind of large request, of this function and of the empty one."""
    steady = requests.load(requests.STEADY)
    small, size = steady.SerializeToString(), MEBIBYTES * 2**20
    grows = len(requests.grown(steady, 2).SerializeToString()) - len(small)
    kinds = {
        "spec": requests.large(steady, MEBIBYTES * 1024).SerializeToString(),
        "observed objects": requests.grown(steady, size // grows).SerializeToString(),
    }
    for kind, large in kinds.items():
        for contestant in (OURS, EMPTY):
            with served(contestant, small) as server:
                quiet = server.latencies([small], CALLS)
                with repeating(server, large):
                    beside = server.latencies([small], CALLS)
            ratios = (
                f"{name} {quantile(beside, q) / quantile(quiet, q):.1f} x" for name, q in QUANTILES.items()
            )
            cells(f"{contestant.name}: calls beside one with {MEBIBYTES} MiB of {kind}", ", ".join(ratios))


@contextmanager
def repeating(server: Served, large: bytes) -> Iterator[None]:
    """During the block a request is sent again and again, by a process of its own.

    A thread's copying of so much would count as the server's time.
    """
    context = multiprocessing.get_context("spawn")
    answered = context.Event()
    sender = context.Process(target=repeat, args=(server.address, large, answered))
    sender.start()
    answered.wait()
    try:
        yield
    finally:
        sender.terminate()
        sender.join()


def repeat(address: str, large: bytes, answered: Any) -> None:
    """Send a request again and again, until killed. Sets the event with the first response."""
    pin(CLIENT)
    with grpc.insecure_channel(address, UNLIMITED) as channel:
        ask = raw(channel)
        while True:
            ask(large, wait_for_ready=True)
            answered.set()
