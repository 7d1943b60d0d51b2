"""nodeapp diff: say what an edit of NodeApps does, or a change of what is around them."""

import sys
from contextlib import ExitStack

import click

from function.cli import changes, compared, diff_output, options, platforms, revisions
from function.cli.sources import UnusableError, documents

MOST = 2
"""Sides that there are of one comparison. More names than that are those of a fleet."""


@click.command("diff")
@click.argument("names", nargs=-1, metavar="OLD [NEW] | APPS...")
@click.option(
    "--in",
    "inside",
    metavar="FILE|DIR",
    help="What to compare of revisions, and the default of NEW. Default: the working directory.",
)
@click.option("--platform", metavar="FILE", help="The Platform to apply; with a second one, OLD and NEW.")
@click.option("--function", nargs=2, metavar="OLD NEW", help="Two releases of the function to compare.")
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
    names: tuple[str, ...],
    inside: str | None,
    platform: str | None,
    function: tuple[str, str] | None,
    namespace: str | None,
    modern: bool,
    style: str,
    fail_on: tuple[str, ...],
) -> None:
    """Say what an edit of NodeApps does in a cluster where OLD runs: in words, then object by object.

    OLD and NEW are files, directories, - for standard input, or revisions of the Git repository in the
    working directory, also as REVISION:PATH. Without NEW, OLD is compared with what is in the files now,
    REVISION:PATH with the PATH.
    A DIR with a kustomization is built; one with overlays/ is compared overlay by overlay.

    It runs the function itself. OLD counts as what runs, and works. So an edit that the function holds,
    such as a smaller volume, is shown as what stays, and an app that isn't deleted as such.

    --platform OLD NEW APPS... says what another Platform does to many apps, and --function OLD NEW APPS...
    what another release of the function does. A release is a wheel, a Git revision or a folder of
    function-nodeapp, or the host:port of one that is served with --insecure. It runs in a process of its
    own. If its libraries aren't those of this nodeapp, they are installed into an environment of its own.

    The exit code is 0, or 1 if there is a change that --fail-on names. It is 2 if a file can't be read,
    a revision isn't there, neither side has a NodeApp, or a function doesn't answer.

    \b
    Examples:
      nodeapp diff main
      nodeapp diff main --in overlays/prod --platform platform.yaml
      nodeapp diff before.yaml after.yaml --fail-on refused --fail-on irreversible
      nodeapp diff main feature --format markdown >> "$GITHUB_STEP_SUMMARY"
      nodeapp diff --platform main:platform.yaml platform.yaml apps/
      kubectl get nodeapps -A -o yaml | nodeapp diff --function v1.4.0 . -
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    if function or (platform and of_a_fleet(names)):
        from function.cli.fleet import command as fleet  # noqa: PLC0415  # grpc is slow to import.

        sides = fleet.Sides.of(platform, function, names)
        printed, kinds = fleet.compared(sides, namespace, style, modern=modern)
    else:
        printed, kinds = of_edit(names, inside, platform, namespace, style, modern=modern)
    click.echo(printed, nl=False)
    sys.exit(1 if kinds.intersection(fail_on) else 0)


def of_edit(
    names: tuple[str, ...],
    inside: str | None,
    platform: str | None,
    namespace: str | None,
    style: str,
    *,
    modern: bool,
) -> tuple[str, set[str]]:
    """What an edit does, as it is printed, and the kinds of its changes."""
    if not 1 <= len(names) <= MOST:
        wrong = "Name what to compare: OLD, and NEW if that isn't in the files now."
        raise click.UsageError(wrong)
    settings, _ = platforms.governing(platform)
    with ExitStack() as stack:
        both = (names[0], names[1] if len(names) == MOST else now(names[0], inside))
        paths = [stack.enter_context(revisions.folder(name, inside or ".")) for name in both]
        before, after = compared.pairs(*(compared.side(path, namespace) for path in paths))
        if not (before or after):
            raise UnusableError(" and ".join(dict.fromkeys(both)), "there is no NodeApp")
        others = [settings] if settings else []
        comparisons = compared.compare(before, after, others, modern=modern)
    kinds = {change.kind for comparison in comparisons for change in comparison.changes}
    return diff_output.STYLES[style](comparisons), set(kinds)


def now(old: str, inside: str | None) -> str:
    """What OLD is compared with if no NEW is named: of a path in a revision, the same path in the files."""
    return inside or revisions.named_path(old) or "."


def of_a_fleet(names: tuple[str, ...]) -> bool:
    """Whether the first name is a second Platform, so that the others are apps."""
    if len(names) > MOST:
        return True
    if not names or names[0] == "-":
        return False
    try:
        with revisions.folder(names[0], names[0]) as path:
            return platforms.alone(documents([path]))
    except UnusableError:
        return False
