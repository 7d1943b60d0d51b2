"""A running contestant on one core, and on another core a client that neither encodes nor decodes."""

import asyncio
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc

from benchmarks.contestants import Contestant
from tests.serving import METHOD, free_port

SERVER, CLIENT = 0, 1
"""Cores. On one core the client's work would count as the server's."""
WARM = 30
"""Calls before the measurement."""
AT_ONCE = 16
"""Concurrent calls."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running contestant."""

    contestant: Contestant
    address: str
    process: int
    cold: float
    """Seconds from its start to its first response."""

    def call(self, data: bytes) -> bytes:
        """One response, over a new connection."""
        with grpc.insecure_channel(self.address) as channel:
            return raw(channel)(data, wait_for_ready=True)

    def latencies(self, requests: Sequence[bytes], calls: int) -> list[float]:
        """Seconds that each of `calls` calls takes, one after another, sorted."""
        with grpc.insecure_channel(self.address) as channel:
            ask = raw(channel)
            for number in range(WARM):
                ask(requests[-1 - number % len(requests)], wait_for_ready=True)
            taken = []
            for number in range(calls):
                data = requests[number % len(requests)]
                begun = time.perf_counter()
                ask(data)
                taken.append(time.perf_counter() - begun)
        return sorted(taken)

    def throughput(self, data: bytes, calls: int) -> float:
        """Calls a second, with AT_ONCE concurrent calls."""
        return asyncio.run(flood(self.address, data, calls))

    def memory(self) -> int:
        """Resident memory, in KiB."""
        return resident(self.process)


def quantile(taken: Sequence[float], q: float) -> float:
    """A quantile of sorted values."""
    return taken[int(len(taken) * q)]


def raw(channel: grpc.Channel) -> Callable[..., bytes]:
    """A call whose request and response stay bytes: a client that decodes adds a millisecond."""
    call: Callable[..., bytes] = channel.unary_unary(METHOD, None, None)
    return call


async def flood(address: str, data: bytes, calls: int) -> float:
    """Calls a second, with AT_ONCE concurrent calls."""
    async with grpc.aio.insecure_channel(address) as channel:
        ask = channel.unary_unary(METHOD, None, None)
        await ask(data, wait_for_ready=True)
        left = iter(range(calls))

        async def worker() -> None:
            for _ in left:
                await ask(data)

        begun = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        return calls / (time.perf_counter() - begun)


@contextmanager
def served(contestant: Contestant, first: bytes) -> Iterator[Served]:
    """The contestant, after its response to a first request."""
    address, begun = f"127.0.0.1:{free_port()}", time.perf_counter()
    command = [*contestant.command, "--address", address]
    with subprocess.Popen(  # noqa: S603  # Ours.
        command,
        preexec_fn=lambda: pin(SERVER),  # noqa: PLW1509  # No thread runs yet that could hold a lock.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            running = Served(contestant, address, process.pid, 0)
            running.call(first)
            yield Served(contestant, address, process.pid, time.perf_counter() - begun)
        finally:
            process.terminate()


def resident(process: int) -> int:
    """A process' resident memory, in KiB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")))


def pin(core: int) -> None:
    """Run on one core, where there is more than one."""
    if core < (os.cpu_count() or 1):
        os.sched_setaffinity(0, {core})
