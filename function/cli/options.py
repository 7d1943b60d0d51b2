"""Options that several commands have."""

import click

NAMESPACE = click.option(
    "-n", "--namespace", metavar="NAME", help="Namespace of NodeApps that name none. Default: default."
)
MODERN = click.option(
    "--modern", is_flag=True, help="A NodeApp is an XR itself (the modern package), not a claim."
)
