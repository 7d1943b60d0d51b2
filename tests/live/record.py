"""Serve the function and write down each call with its answer, for tests.recordings."""

import json
import time
from pathlib import Path
from typing import Any

import click
import grpc
from crossplane.function import cli as sdk
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

from function.fn import FunctionRunner
from function.view import plain


class Recorder(FunctionRunner):
    """The function, with a log of all calls."""

    def __init__(self, log: Path) -> None:
        """Add calls to the end of a file."""
        super().__init__()
        self.log = log

    async def RunFunction(  # noqa: N802  # gRPC names it.
        self, request: fnv1.RunFunctionRequest, context: grpc.aio.ServicerContext[Any, Any] | None
    ) -> fnv1.RunFunctionResponse:
        """Answer, and write down question, answer and time."""
        response = await super().RunFunction(request, context)
        call = {
            "request": json_format.MessageToDict(request),
            "response": json_format.MessageToDict(response),
        }
        with self.log.open("a") as log:
            log.write(json.dumps({"at": time.time(), "event": plain(call)}) + "\n")
        return response


@click.command(context_settings={"default_map": {"max_recv_message_size": 16}})
@sdk.standard_options
@click.option("--log", type=click.Path(path_type=Path), required=True, help="File that calls are added to.")
def cli(log: Path, **options: Any) -> None:
    """Serve the function and write its calls down."""
    sdk.run(Recorder(log), **options)


if __name__ == "__main__":
    cli()
