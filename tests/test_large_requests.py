"""A large request takes long. The others don't wait for it."""

import asyncio
import threading

import grpc

from function.edge.serve import LARGE, handlers
from tests.serving import METHOD


async def beside(large: bytes, small: bytes) -> tuple[bytes, bool]:
    """The answer to a small request while a large one is answered, and whether the large one took longer."""
    begun, go_on = threading.Event(), threading.Event()

    def run(request: bytes) -> bytes:
        if request == large:
            begun.set()
            go_on.wait(10)
        return request[:8]

    server = grpc.aio.server()
    server.add_generic_rpc_handlers(handlers(run))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        ask = channel.unary_unary(METHOD, None, None)
        waiting = asyncio.ensure_future(ask(large))
        await asyncio.to_thread(begun.wait, 10)
        answer: bytes = await ask(small, timeout=10)
        went_on = not waiting.done()
        go_on.set()
        await waiting
    await server.stop(0)
    return answer, went_on


def test_small_requests_are_answered_beside_a_large_one() -> None:
    """While one is answered that has more than LARGE bytes, a small one gets its answer."""
    answer, went_on = asyncio.run(beside(b"x" * (LARGE + 1), b"small"))

    assert answer == b"small"
    assert went_on
