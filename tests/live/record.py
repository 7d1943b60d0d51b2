"""Serve the function and write down each call with its answer, for tests.recordings."""

import json
import time
from pathlib import Path
from typing import Any

import click
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

from function import main
from function.edge.fn import FunctionRunner
from function.read import plain


class Recorder(FunctionRunner):
    """The function, with a log of all calls."""

    def __init__(self, log: Path) -> None:
        """Add calls to the end of a file."""
        super().__init__()
        self.log = log

    def run(self, data: bytes) -> bytes:
        """Answer, and write down question, answer and time."""
        response = super().run(data)
        call = {
            "request": json_format.MessageToDict(fnv1.RunFunctionRequest.FromString(data)),
            "response": json_format.MessageToDict(fnv1.RunFunctionResponse.FromString(response)),
        }
        with self.log.open("a") as log:
            log.write(json.dumps({"at": time.time(), "event": plain(call)}) + "\n")
        return response


LOG = click.Option(["--log"], type=click.Path(path_type=Path), required=True, help="Where calls are added.")


@click.command(params=[*main.cli.params, LOG])
def cli(log: Path, **options: Any) -> None:
    """Serve the function and write its calls down."""
    main.start(Recorder(log).run, **options)


if __name__ == "__main__":
    cli()
