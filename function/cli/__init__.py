"""The nodeapp command. It shows what a cluster would do, and asks one why an app isn't ready."""

import difflib
from importlib import import_module

import click

from function.cli import ends

COMMANDS = {
    "render": ("function.cli.render", "command", "Print every object that is composed for NodeApps."),
    "check": ("function.cli.check", "command", "Check NodeApps, and Platforms, before they are committed."),
    "diff": ("function.cli.diff", "command", "Say what an edit, a Platform or a release does."),
    "why": ("function.cli.why.command", "command", "Say why an app isn't ready, and what to type next."),
    "logs": ("function.cli.inside.logs", "command", "Print the logs of all pods of an app."),
    "shell": ("function.cli.inside.shell", "command", "Open a shell in a pod of an app."),
    "run": ("function.cli.inside.run", "command", "Run a command in a pod of its own."),
    "psql": ("function.cli.inside.psql", "command", "Open psql on an app's database."),
    "schema": ("function.cli.schema", "command", "Print JSON Schemas for editors and kubeconform."),
    "pin": ("function.cli.pin", "pin", "Keep an image although automation would move it."),
    "unpin": ("function.cli.pin", "unpin", "Give an image to automation again."),
}
"""Subcommand → its module, its name there, and what it does. Each is imported when it is asked for: pydantic,
protobuf and rich are slow to import, and no subcommand needs all of them."""


class Lazy(click.Group):
    """A group whose subcommands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature.
        """The names, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A subcommand, imported. Raises UsageError with the nearest name for another."""
        if cmd_name not in COMMANDS:
            near = difflib.get_close_matches(cmd_name, COMMANDS, n=1)
            if not near or ctx.resilient_parsing:
                return None
            wrong = f"No such command '{cmd_name}'. Did you mean '{near[0]}'?"
            raise click.UsageError(wrong, ctx)
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a subcommand."""
        with ends.named():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # The same.
        """The list of subcommands in --help, which imports none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, _, about) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="function-nodeapp", prog_name="nodeapp")
def cli() -> None:
    """See what a cluster would make of NodeApps, without a cluster; and ask one why an app isn't ready.

    The exit code is 0, 1 if the answer is no, and 2 if there is none: see --help of each command.
    """


def plugin() -> None:
    """The same as a plugin of kubectl, which calls it for `kubectl nodeapp`."""
    cli(prog_name="kubectl nodeapp")
