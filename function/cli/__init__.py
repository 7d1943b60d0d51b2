"""The people's tool: what a cluster would do, without a cluster."""

import click


@click.group()
def cli() -> None:
    """Look at NodeApps as the platform does, without a cluster."""
