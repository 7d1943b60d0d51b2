"""The gRPC server. It leaves requests and responses encoded, which the SDK's server can't do."""

import asyncio
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
from crossplane.function.proto.v1 import run_function_pb2 as v1
from crossplane.function.proto.v1beta1 import run_function_pb2 as v1beta1

from function.edge.wire import MalformedError

GRACE = 5
"""Seconds that calls in flight have after SIGTERM. A call takes milliseconds."""

MEBIBYTE = 2**20

LARGE = MEBIBYTE
"""Bytes of a request that is answered in a thread of its own. An app's request has about a tenth of that."""

TURN = 0.0002
"""Seconds after which one thread lets the other go on. While a large request is answered, each call waits so
long several times. With Python's own 5 ms, a tenth of the calls took twice as long."""

Run = Callable[[bytes], bytes]
"""Called by two threads: one for all large requests, the other for all else."""


def serve(run: Run, address: str, trust: grpc.ServerCredentials | None, *, receive: int, send: int) -> None:
    """Answer calls until SIGTERM. Without `trust` there is no TLS. `receive` and `send` are limits in MiB."""
    sizes = {"grpc.max_receive_message_length": receive, "grpc.max_send_message_length": send}
    sys.setswitchinterval(TURN)
    asyncio.run(serving(run, address, trust, [(name, size * MEBIBYTE) for name, size in sizes.items()]))


async def serving(
    run: Run, address: str, trust: grpc.ServerCredentials | None, options: list[tuple[str, int]]
) -> None:
    """The same, on an event loop."""
    stop = asyncio.Event()
    # Before there is a port: a port takes connections at once, and SIGTERM would cut them off.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = grpc.aio.server(options=options)
    server.add_generic_rpc_handlers(handlers(run))
    if trust is None:
        server.add_insecure_port(address)
    else:
        server.add_secure_port(address, trust)
    await server.start()
    await stop.wait()
    await server.stop(GRACE)


def handlers(run: Run) -> "list[grpc.GenericRpcHandler[Any, Any]]":
    """The handlers of all versions of the protocol. The versions differ only in their names."""
    # One thread, so that large requests wait for each other and not the others for them.
    apart = ThreadPoolExecutor(max_workers=1)
    return [handler(run, apart, protocol) for protocol in (v1, v1beta1)]


def handler(run: Run, apart: ThreadPoolExecutor, protocol: Any) -> "grpc.GenericRpcHandler[Any, Any]":
    """The handler of one version. `apart`: where large requests are answered."""

    async def answer(request: bytes, context: Any) -> bytes:
        try:
            if len(request) > LARGE:
                return await asyncio.get_running_loop().run_in_executor(apart, run, request)
            return run(request)
        except MalformedError as error:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
            raise

    service = protocol.DESCRIPTOR.services_by_name["FunctionRunnerService"].full_name
    methods = {"RunFunction": grpc.unary_unary_rpc_method_handler(answer)}
    return grpc.method_handlers_generic_handler(service, methods)


def credentials(folder: Path) -> grpc.ServerCredentials:
    """The server's certificate, and the CA that must have signed a client's. Raises OSError."""
    key, crt, ca = ((folder / name).read_bytes() for name in ("tls.key", "tls.crt", "ca.crt"))
    return grpc.ssl_server_credentials([(key, crt)], root_certificates=ca, require_client_auth=True)
