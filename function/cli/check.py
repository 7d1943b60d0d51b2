"""nodeapp check: find every problem of every NodeApp before it is committed."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

import click

from function.api.platform import Platform
from function.cli import apps, between, platforms, registered, sources, validate
from function.cli.documents import Document, Finding
from function.cli.notes import notes_of
from function.cli.registered import Registered
from function.explain import visible


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE|DIR|-]...")
@click.option("--platform", metavar="FILE", help="The Platform whose policy applies. Default: none.")
@click.option("--platform-file", metavar="FILE", multiple=True, help="A Platform to check.")
@click.option(
    "--only",
    type=registered.Argument(),
    help="The one NodeApp that a deploy repository may have. Default: anything may be there.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    help="How to print problems: file:line:column, or as annotations of a GitHub pull request.",
)
def command(
    *,
    files: tuple[str, ...],
    platform: str | None,
    platform_file: tuple[str, ...],
    only: Registered | None,
    style: str,
) -> None:
    """Check NodeApps, and Platforms, before they are committed.

    Checks every NodeApp in the files against its schema and the platform's policy, and prints every
    problem: the place in the file, the field, what is wrong and what to write instead. It needs no
    cluster. An app that breaks a newer policy fails here, although a cluster keeps an accepted app.
    The same NodeApp twice in a file, and a host that two NodeApps ask for, are problems too.
    Without problems it may print notes: what an app had better write.

    A FILE may hold several objects; other kinds are ignored. A DIR is built with kustomize if it
    has a kustomization, else every YAML file below it is read. - is standard input.

    With --only, every other object is a problem, as Flux refuses it in a deploy repository. So is
    everything that a kustomization fetches from another host, or that is a symbolic link. Such a DIR
    isn't built.

    The exit code is 0 without problems, 1 with problems, and 2 if a file can't be read.

    \b
    Examples:
      nodeapp check nodeapp.yaml
      nodeapp check --platform platform.yaml apps/
      nodeapp check --format github --platform platform.yaml apps/*/nodeapp.yaml
      nodeapp check --only shop/shop overlays/prod
      nodeapp check --platform-file platform.yaml
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    if not files and not platform_file:
        nothing = "Nothing to check: name a FILE, a DIR, or - for standard input."
        raise click.UsageError(nothing)
    _, settings = platforms.governing(platform)
    checked: Counter[str] = Counter()
    remote = registered.fetched(files) if only else {}
    documents = list(sources.documents(name for name in files if name not in remote))
    problems = [each for of_directory in remote.values() for each in of_directory]
    problems += registered.foreign(documents, only) if only else ()
    problems += [*findings(documents, settings, checked), *between.problems(documents, settings)]
    notes = [] if problems else [note for each in documents for note in notes_of(each, settings)]
    for path in platform_file:
        of_file, of_platforms = platforms.read(path)
        problems += of_platforms
        checked[apps.SETTINGS] += len(of_file)
    for found, level in [
        *((problem, "error") for problem in problems),
        *((note, "notice") for note in notes),
    ]:
        click.echo(annotation(found, level) if style == "github" else found)
    click.echo(plural(len(problems), "problem") if problems else summary(checked))
    sys.exit(1 if problems else 0)


def findings(documents: Iterable[Document], platform: Platform, count: Counter[str]) -> Iterator[Finding]:
    """The problems of all documents of our kinds. `count` counts those documents."""
    for document in documents:
        yield from document.problems
        kind = apps.kind(document)
        if kind is not None:
            count[validate.title(kind)] += 1
            ours = kind == apps.SETTINGS
            yield from validate.settings(document) if ours else validate.app(document, kind, platform)


def summary(count: Counter[str]) -> str:
    """The line for a check without problems: the number of objects of each kind."""
    if not count.total():
        return "no NodeApps to check"
    counts = " and ".join(plural(number, kind) for kind, number in sorted(count.items()) if number)
    return f"{counts} {'is' if count.total() == 1 else 'are'} fine"


def plural(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def annotation(problem: Finding, level: str) -> str:
    """A workflow command of GitHub Actions, escaped by its rules."""
    places = {"file": problem.source}
    if problem.mark:
        places |= {"line": str(problem.mark[0]), "col": str(problem.mark[1])}
    properties = ",".join(f"{key}={escaped(value, ':,')}" for key, value in places.items())
    message = visible(": ".join(filter(None, (problem.path, problem.reason))))
    return f"::{level} {properties}::{escaped(message)}"


def escaped(text: str, more: str = "") -> str:
    """Text without characters that end a line or a property."""
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{more}" else char for char in text)
