"""Options of the commands that reach a cluster: those of kubectl."""

import click

NAMESPACE = click.option(
    "-n", "--namespace", metavar="NAME", help="Namespace of the app. Default: that of the context."
)
CONTEXT = click.option(
    "--context", metavar="NAME", help="Context of kubectl's configuration. Default: the current one."
)
PART = click.option(
    "-p", "--part", metavar="PART", help="frontend, backend, database, or the name of a worker or a job."
)
