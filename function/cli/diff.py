"""nodeapp diff: say what an edit of NodeApps does."""

import sys
from contextlib import ExitStack

import click

from function.cli import changes, compared, diff_output, options, platforms, revisions


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--in",
    "inside",
    metavar="FILE|DIR",
    default=".",
    help="What to compare of revisions, and the default of NEW. Default: the working directory.",
)
@click.option("--platform", metavar="FILE", help="The Platform to apply. Default: none.")
@options.NAMESPACE
@options.MODERN
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="For people (the default), for a comment of a pull request, or for programs.",
)
@click.option(
    "--fail-on",
    type=click.Choice(list(changes.TITLES)),
    multiple=True,
    default=["refused"],
    show_default=True,
    help="End with exit code 1 if there is such a change. May be given several times.",
)
def command(
    *,
    old: str,
    new: str | None,
    inside: str,
    platform: str | None,
    namespace: str | None,
    modern: bool,
    style: str,
    fail_on: tuple[str, ...],
) -> None:
    """Say what an edit of NodeApps does in a cluster where OLD runs: in words, then object by object.

    OLD and NEW are files, directories, - for standard input, or revisions of the Git repository in the
    working directory. Without NEW, OLD is compared with what is in the files now. A DIR with a
    kustomization is built; one with overlays/ is compared overlay by overlay.

    It runs the function itself. OLD counts as what runs, and works. So an edit that the function holds,
    such as a smaller volume, is shown as what stays, and an app that isn't deleted as such.

    The exit code is 0, or 1 if there is a change that --fail-on names. It is 2 if a file can't be read,
    or a revision isn't there.

    \b
    Examples:
      nodeapp diff main
      nodeapp diff main --in overlays/prod --platform platform.yaml
      nodeapp diff before.yaml after.yaml --fail-on refused --fail-on irreversible
      nodeapp diff main feature --format markdown >> "$GITHUB_STEP_SUMMARY"
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    settings, _ = platforms.governing(platform)
    with ExitStack() as stack:
        paths = [stack.enter_context(revisions.folder(name, inside)) for name in (old, new or inside)]
        before, after = (compared.side(path, namespace) for path in paths)
    others = [settings] if settings else []
    comparisons = compared.compare(before, after, others, modern=modern)
    click.echo(diff_output.STYLES[style](comparisons), nl=False)
    kinds = {change.kind for comparison in comparisons for change in comparison.changes}
    sys.exit(1 if kinds.intersection(fail_on) else 0)
