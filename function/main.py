"""The server, as Crossplane starts it."""

from typing import Any

import click
from crossplane.function import cli as sdk

from function.fn import FunctionRunner

MEBIBYTES = 16
"""Of a request, unless told otherwise: gRPC's own limit of 4 is less than an app with much state may have."""


@click.command(context_settings={"default_map": {"max_recv_message_size": MEBIBYTES}})
@sdk.standard_options
def cli(**options: Any) -> None:
    """Serve function-nodeapp to Crossplane over gRPC."""
    sdk.run(FunctionRunner(), **options)


if __name__ == "__main__":
    cli()
