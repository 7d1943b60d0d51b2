"""nodeapp shell: a shell, or one command, in a pod of an app that runs."""

import sys

import click

from function.cli.cluster import options
from function.cli.cluster.kubectl import ClusterError, Kubectl
from function.cli.inside.parts import DATABASE, App

SHELL = ("sh", "-c", "command -v bash >/dev/null && exec bash; exec sh")
"""The better shell of those that an image may have."""


@click.command("shell", context_settings={"ignore_unknown_options": True})
@click.argument("app")
@click.argument("words", nargs=-1, metavar="[-- COMMAND...]", type=click.UNPROCESSED)
@options.NAMESPACE
@options.CONTEXT
@options.PART
def command(
    *, app: str, part: str | None, words: tuple[str, ...], namespace: str | None, context: str | None
) -> None:
    """Open a shell in a pod of the NodeApp APP, or run COMMAND there.

    Without a part, it is the backend, else the frontend. The pod is one that serves: use nodeapp run for
    what needs a pod of its own.

    The exit code is that of the command, and 2 if there is no such app or part, or none of its pods is ready.

    \b
    Examples:
      nodeapp shell shop -n shop
      nodeapp shell shop -n shop -p frontend
      nodeapp shell shop -n shop -p mail -- node --version
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    found = App(Kubectl(namespace, context), app)
    chosen = found.part(part) if part else default(found)
    container = "postgres" if chosen == DATABASE else chosen
    pod = found.running(chosen)
    found.kubectl.become("exec", pod, "-c", container, *terminal(), "--", *(words or SHELL))


def default(app: App) -> str:
    """The part that is meant where none is named. Raises ClusterError if there are only others."""
    for each in ("backend", "frontend"):
        if each in app.parts:
            return each
    message = f"name a part: {', '.join(app.parts)}"
    raise ClusterError(message)


def terminal() -> list[str]:
    """Options of kubectl exec: standard input, and a terminal if this is one."""
    return ["-i", "-t"] if sys.stdin.isatty() and sys.stdout.isatty() else ["-i"]
