"""Large requests wait for each other, whatever version of the protocol they are of: each takes memory."""

import asyncio
import threading
import time
from types import SimpleNamespace
from typing import Any

from function.edge import serve
from function.edge.serve import LARGE, handlers


async def answered(run: serve.Run) -> list[bytes]:
    """What a large request of each version is answered, sent at once."""
    methods = list[Any]()
    for version, each in zip(("v1", "v1beta1"), handlers(run), strict=True):
        name = f"/apiextensions.fn.proto.{version}.FunctionRunnerService/RunFunction"
        details: Any = SimpleNamespace(method=name)
        methods.append(each.service(details))
    large = b"x" * (LARGE + 1)
    return list(await asyncio.gather(*(method.unary_unary(large, None) for method in methods)))


def test_large_requests_of_both_versions_wait_for_each_other() -> None:
    """There are two threads in all, as the memo and its bound of memory expect."""
    threads, at_once, most = set[int](), 0, 0

    def run(request: bytes) -> bytes:
        nonlocal at_once, most
        threads.add(threading.get_ident())
        at_once += 1
        most = max(most, at_once)
        time.sleep(0.05)
        at_once -= 1
        return request[:1]

    assert asyncio.run(answered(run)) == [b"x", b"x"]
    assert most == len(threads) == 1
