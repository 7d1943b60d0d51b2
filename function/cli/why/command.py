"""nodeapp why: say why an app isn't ready."""

import sys

import click

from function.cli.cluster import options
from function.cli.cluster.kubectl import Kubectl


@click.command("why")
@click.argument("app")
@options.NAMESPACE
@options.CONTEXT
@click.option(
    "-o",
    "--output",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people (the default), or for programs.",
)
def command(*, app: str, namespace: str | None, context: str | None, style: str) -> None:
    """Say why the NodeApp APP isn't ready, with causes, and the next command to type.

    It asks the cluster through kubectl, with your own configuration and rights: the NodeApp, its XR, its
    pods and what creates them, and their events. It changes nothing. If you may see only a part, it says
    what you may not see, and which command shows it to somebody who may.

    The exit code is 0 if the app is ready, 1 if it isn't, and 2 if the NodeApp can't be read.

    \b
    Examples:
      nodeapp why shop -n shop
      kubectl nodeapp why shop -n shop
      nodeapp why shop -n shop -o json | jq -r '.causes[0].command'
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    from function.cli.why import gather, judge, words  # noqa: PLC0415  # rich is slow to import.

    diagnosis = judge.judge(gather.gather(Kubectl(namespace, context), app))
    if style == "json":
        click.echo(words.as_json(diagnosis), nl=False)
    else:
        words.show(diagnosis)
    sys.exit(0 if diagnosis.ready else 1)
