"""nodeapp logs: the logs of all pods of an app."""

import click

from function.cli.cluster import options
from function.cli.cluster.kubectl import Kubectl
from function.cli.inside.parts import App

STREAMS = "50"
"""Containers that are followed at once. kubectl's default of 5 is too small for an app with a database."""


@click.command("logs")
@click.argument("app")
@options.NAMESPACE
@options.CONTEXT
@options.PART
@click.option("-f", "--follow", is_flag=True, help="Go on with what is logged from now on.")
@click.option("--previous", is_flag=True, help="The logs of containers that ended before those that run.")
@click.option("--tail", default=100, show_default=True, help="Last lines of each container; -1 for all.")
@click.option("--since", metavar="DURATION", help="No lines that are older, such as 10m or 2h.")
def command(
    *,
    app: str,
    part: str | None,
    namespace: str | None,
    context: str | None,
    follow: bool,
    previous: bool,
    tail: int,
    since: str | None,
) -> None:
    """Print the logs of the NodeApp APP: of all its pods, each line with the pod and the container.

    The exit code is that of kubectl logs, and 2 if there is no such app or part.

    \b
    Examples:
      nodeapp logs shop -n shop
      nodeapp logs shop -n shop -p backend -f
      nodeapp logs shop -n shop -p mail --since 1h
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    found = App(Kubectl(namespace, context), app)
    chosen = found.part(part) if part else None
    flags = {"--follow": follow, "--previous": previous}
    found.kubectl.become(
        "logs",
        f"--selector={found.selector(chosen)}",
        "--all-containers",
        "--prefix",
        "--ignore-errors",  # A container that hasn't started yet has no log, which is no error here.
        f"--max-log-requests={STREAMS}",
        f"--tail={tail}",
        *([f"--since={since}"] if since else []),
        *(flag for flag, given in flags.items() if given),
    )
