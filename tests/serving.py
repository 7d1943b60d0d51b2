"""The server as its own process, as Crossplane finds it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import grpc
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

from tests.requests import composite, request

METHOD = "/apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction"
BETA_METHOD = METHOD.replace(".v1.", ".v1beta1.")

SOON = 20.0
"""Seconds within which a process starts, answers or ends, on a machine with much else to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"localhost:{self.port}"


def free_port() -> int:
    """A port of the loopback interface that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(
    *options: str,
    module: str = "function.main",
    output: int | IO[str] = subprocess.PIPE,
    python: str | Path = sys.executable,
    folder: Path | None = None,
) -> subprocess.Popen[str]:
    """A server with these options, whether it comes up or not: this tree's, or that of another one."""
    command = [str(python), "-m", module, *options]
    return subprocess.Popen(  # noqa: S603  # Ours.
        command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, text=True
    )


@contextmanager
def served(*options: str, port: int | None = None, **how: Any) -> Iterator[Server]:
    """A server that listens; it ends with the block."""
    chosen = port or free_port()
    with start("--address", f"127.0.0.1:{chosen}", *options, **how) as process:
        try:
            wait_for_listener(chosen, process)
            yield Server(chosen, process)
        finally:
            process.terminate()
            process.wait(SOON)


def listens(port: int) -> bool:
    """Whether a loopback port takes connections."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for_listener(port: int, process: subprocess.Popen[str]) -> None:
    """Return as soon as a port takes connections.

    Raises RuntimeError with the output of the process if it ends first, or takes too long.
    """
    end = time.monotonic() + SOON
    while not listens(port):
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            msg = f"the server didn't come up: {process.communicate()[0]}"
            raise RuntimeError(msg)
        time.sleep(0.02)


def message(asked: Mapping[str, Any]) -> fnv1.RunFunctionRequest:
    """A request from protobuf's JSON mapping."""
    return json_format.ParseDict(dict(asked), fnv1.RunFunctionRequest())


def answered(
    channel: grpc.Channel, asked: fnv1.RunFunctionRequest, method: str = METHOD, *, wait: bool = True
) -> fnv1.RunFunctionResponse:
    """The answer to a request. Raises grpc.RpcError where there is none."""
    call = channel.unary_unary(
        method,
        request_serializer=fnv1.RunFunctionRequest.SerializeToString,
        response_deserializer=fnv1.RunFunctionResponse.FromString,
    )
    response: fnv1.RunFunctionResponse = call(asked, timeout=SOON, wait_for_ready=wait)
    return response


def app(name: str = "dashboard", filling: int = 0) -> fnv1.RunFunctionRequest:
    """A request for a backend, with as much observed state as told."""
    xr = composite({"team": "a", "backend": {"image": f"ghcr.io/acme/{name}:1"}}, name, namespace=name)
    metadata = {"name": f"{name}-backend", "annotations": {"filling": "x" * filling}}
    service = {"apiVersion": "v1", "kind": "Service", "metadata": metadata}
    return message(request(xr, {"backend-service": service} if filling else None))


def image(response: Any) -> str:
    """The image that a response wants to run."""
    image_: str = response.desired.resources["backend-deployment"].resource["spec"]["template"]["spec"][
        "containers"
    ][0]["image"]
    return image_
