"""The nodeapp command. It shows what a cluster would do, without a cluster."""

import click

from function.cli import check, diff, pin, render


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="function-nodeapp", prog_name="nodeapp")
def cli() -> None:
    """Render, check and compare NodeApps as the platform does, without a cluster."""


cli.add_command(render.command)
cli.add_command(check.command)
cli.add_command(diff.command)
cli.add_command(pin.pin)
cli.add_command(pin.unpin)
