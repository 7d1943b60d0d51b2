"""Hundreds of apps, two replicas, and one of them killed: what Crossplane sees is a retry."""

import asyncio
from collections.abc import Iterator

import grpc
import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from benchmarks import requests
from function.edge.fn import FunctionRunner
from tests.serving import METHOD, Server, served

APPS = 150
AT_ONCE = 32
TRIES = 5
"""Of a call: Crossplane itself comes back for ever."""


@pytest.fixture(scope="module")
def replicas() -> Iterator[tuple[Server, Server]]:
    """Two servers."""
    with served("--insecure") as one, served("--insecure") as two:
        yield one, two


async def ask(channel: grpc.aio.Channel, data: bytes, failed: list[grpc.StatusCode]) -> bytes:
    """The answer of whichever replica answers."""
    call = channel.unary_unary(METHOD, None, None)
    for _ in range(TRIES):
        try:
            answer: bytes = await call(data, timeout=10)
        except grpc.aio.AioRpcError as error:
            failed.append(error.code())
        else:
            return answer
    msg = "no replica answers"
    raise AssertionError(msg)


async def all_asked(
    asked: list[bytes], replicas: tuple[Server, Server]
) -> tuple[list[bytes], list[grpc.StatusCode]]:
    """Every app's answer, in order, and what failed on the way. One replica is killed halfway."""
    target = "ipv4:" + ",".join(f"127.0.0.1:{server.port}" for server in replicas)
    balanced = [("grpc.lb_policy_name", "round_robin")]
    answers: list[bytes] = [b""] * len(asked)
    failed: list[grpc.StatusCode] = []
    left = iter(enumerate(asked))
    async with grpc.aio.insecure_channel(target, options=balanced) as channel:

        async def worker() -> None:
            for number, data in left:
                if number == len(asked) // 2:
                    replicas[0].process.kill()
                answers[number] = await ask(channel, data, failed)

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return answers, failed


def test_a_killed_replica_changes_no_answer(replicas: tuple[Server, Server]) -> None:
    """Calls in flight fail as unavailable, a retry heals them, and every app gets its own answer."""
    steady = requests.load(requests.STEADY)
    asked = [requests.named(steady, f"app-{n}").SerializeToString() for n in range(APPS)]
    answers, failed = asyncio.run(all_asked(asked, replicas))
    assert replicas[0].process.wait() != 0
    assert set(failed) <= {grpc.StatusCode.UNAVAILABLE}
    forgets = FunctionRunner(memo=False)
    for data, answer in zip(asked, answers, strict=True):
        assert read(answer) == read(forgets.run(data))


def read(answer: bytes) -> fnv1.RunFunctionResponse:
    """A response. As bytes two equal ones may differ: maps have no order."""
    return fnv1.RunFunctionResponse.FromString(answer)
