"""The server. Crossplane starts it with the options and variables that all functions have."""

import gc
import logging
from pathlib import Path
from typing import Any

import click

from function.edge.fn import FunctionRunner
from function.edge.serve import Run, credentials, serve

MEBIBYTES = 16
"""Default limit of a message. gRPC's own limit of 4 MiB is too small for an app with much observed state."""

GARBAGE = 10_000
"""Objects after which Python looks for cycles of them. A call makes thousands and leaves no cycle, so with
Python's own 700 it would look for some several times in each call that makes a plan."""


@click.command()
@click.option(
    "--tls-certs-dir",
    "--tls-server-certs-dir",
    "folder",
    envvar="TLS_SERVER_CERTS_DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with tls.crt, tls.key, and the ca.crt that must have signed clients' certificates.",
)
@click.option("--insecure", envvar="INSECURE", is_flag=True, help="Serve every client, without TLS.")
@click.option(
    "--address", envvar="ADDRESS", default="0.0.0.0:9443", show_default=True, help="Where to listen."
)
@click.option(
    "--max-recv-message-size",
    "--max-grpc-message-size",
    "receive",
    envvar=["MAX_RECV_MESSAGE_SIZE", "MAX_GRPC_MESSAGE_SIZE"],
    default=MEBIBYTES,
    show_default=True,
    help="Largest request, in MiB.",
)
@click.option(
    "--max-send-message-size",
    "send",
    envvar="MAX_SEND_MESSAGE_SIZE",
    type=int,
    help="Largest response, in MiB. Default: that of a request.",
)
@click.option("-d", "--debug", envvar="DEBUG", is_flag=True, help="Log in detail.")
def cli(**options: Any) -> None:
    """Serve function-nodeapp to Crossplane over gRPC."""
    start(FunctionRunner().run, **options)


def start(
    run: Run,
    *,
    folder: Path | None,
    insecure: bool,
    address: str,
    receive: int,
    send: int | None,
    debug: bool,
) -> None:
    """Serve as the options say."""
    logging.basicConfig(level=logging.DEBUG if debug else logging.INFO)
    if not (folder or insecure):
        msg = "no credentials were provided: name a folder with --tls-certs-dir, or use --insecure"
        raise click.UsageError(msg)
    trust = None if insecure or folder is None else credentials(folder)
    gc.freeze()  # What is imported stays, so Python needn't look through it each time.
    gc.set_threshold(GARBAGE)
    serve(run, address, trust, receive=receive, send=send or receive)


if __name__ == "__main__":
    cli()
