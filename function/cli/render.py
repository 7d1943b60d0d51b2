"""nodeapp render: print every object that is composed for a NodeApp."""

import dataclasses
import sys

import click

from function.api.names import CLAIM, COMPOSITE
from function.cli import apps, claim, options, output, pipeline, platforms, snapshot, sources
from function.cli.between import Asked, Seen, repeated
from function.cli.documents import Document, Finding
from function.cli.pipeline import Outcome
from function.cli.snapshot import Snapshot
from function.cli.validate import NAMESPACE
from function.identity import stands_for


@click.command("render")
@click.argument("files", nargs=-1, metavar="[FILE|DIR|-]...")
@click.option("--platform", metavar="FILE", help="The Platform to apply. Default: none.")
@click.option(
    "--observed",
    "observed",
    metavar="FILE|DIR",
    multiple=True,
    help="Objects of the cluster. Default: none. May be given several times.",
)
@options.NAMESPACE
@options.MODERN
@click.option(
    "-o",
    "--output",
    "style",
    type=click.Choice(["yaml", "json", "tree"]),
    default="yaml",
    help="Objects as YAML (the default) or JSON, or a summary for people.",
)
def command(
    *,
    files: tuple[str, ...],
    platform: str | None,
    observed: tuple[str, ...],
    namespace: str | None,
    modern: bool,
    style: str,
) -> None:
    """Print every object that is composed for NodeApps, and their status.

    It runs the function itself, without a cluster, with the requests that Crossplane would send. First
    comes the composite resource (XR) with its status, then each composed object, sorted by the key in
    its annotation crossplane.io/composition-resource-name.

    A FILE may hold several NodeApps or XNodeApps; other kinds are ignored. A DIR is built with
    kustomize if it has a kustomization, else every YAML file below it is read. - is standard input, which
    is also read if no FILE is named.

    --observed names files with what exists already: composed objects with the annotation above, as
    kubectl and this command print them; the NodeApp or XNodeApp with its status; and objects without
    the annotation that the function may require, such as a database that was made by hand.

    For a refused app it prints one line on standard error: the field, and what to write instead. The
    exit code is then 1; it is 2 if a file can't be read.

    \b
    Examples:
      nodeapp render nodeapp.yaml
      nodeapp render -o tree --platform platform.yaml nodeapp.yaml
      kustomize build overlays/prod | nodeapp render --platform platform.yaml
      nodeapp render -o json nodeapp.yaml | jq '.items[] | select(.kind == "Deployment")'
      kubectl get cluster,deploy,nodeapp -n shop -o yaml | nodeapp render nodeapp.yaml --observed -
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    if not files and (sys.stdin is None or sys.stdin.isatty()):
        nothing = "Nothing to render: name a FILE, a DIR, or - for standard input."
        raise click.UsageError(nothing)
    settings, _ = platforms.governing(platform)
    cluster = snapshot.read(observed, settings)
    documents = list(sources.documents(files or [sources.STDIN]))
    others = [d for d in documents if not (d.problems or is_app(d))]
    if others:
        say(f"Note: other kinds are ignored: {apps.others(others)}")
    if len(others) == len(documents):
        nothing = f"no NodeApp in {', '.join(files) or 'standard input'}"
        raise click.ClickException(nothing)
    seen: Seen = {}
    ours = [d for d in documents if d.problems or is_app(d)]
    outcomes = [
        None if is_repeated(d, namespace, seen) else outcome(d, namespace, cluster, modern=modern)
        for d in ours
    ]
    show(list(filter(None, outcomes)), style)
    sys.exit(0 if all(outcomes) else 1)


def is_app(document: Document) -> bool:
    """Whether a document is an app."""
    return apps.kind(document) in (CLAIM, COMPOSITE)


def is_repeated(document: Document, namespace: str | None, seen: Seen) -> bool:
    """Whether an app is in its file already, which is said: nobody knows which one counts."""
    if document.problems:
        return False
    name, own = stands_for(document.value)
    again = repeated(Asked(document, own or namespace or NAMESPACE, name or ""), seen)
    if again:
        say(f"Error: {again}")
    return again is not None


def say(line: str | Finding) -> None:
    """Print a line for people on standard error: programs read standard output."""
    click.echo(line, err=True)


def outcome(document: Document, namespace: str | None, cluster: Snapshot, *, modern: bool) -> Outcome | None:
    """The result for an app. None if nothing is composed: the reason is on standard error."""
    kind = apps.kind(document)
    problems = document.problems or apps.problems(document, apps.faults(document, kind or CLAIM))
    for problem in problems:
        say(f"Error: {problem}")
    if problems:
        return None
    for typo in apps.problems(document, apps.typos(document, kind or CLAIM)):
        say(f"Warning: {typo}")
    app = settled(apps.app(document), namespace)
    result = pipeline.run(app, claim.composite(app, cluster.known(app), modern=modern), cluster)
    if result.refusal:
        hint = "; name its file with --platform" if result.reason == "PlatformMissing" else ""
        say(f"Error: {document.source}: {app}: {result.refusal}{hint}")
        return None
    return result


def settled(app: apps.NodeApp, namespace: str | None) -> apps.NodeApp:
    """The app with a namespace. An XR without one is left to the function, which refuses it."""
    if app.namespace or app.kind != CLAIM:
        return app
    if namespace is None:
        say(f"Note: {app} names no namespace, so it is rendered in {NAMESPACE}; -n names another")
    return dataclasses.replace(app, namespace=namespace or NAMESPACE)


def show(outcomes: list[Outcome], style: str) -> None:
    """Print the results for all apps."""
    if style == "tree":
        from function.cli import tree  # noqa: PLC0415  # rich is slow to import, and only this needs it.

        tree.show(outcomes)
    elif outcomes:
        click.echo(output.as_yaml(outcomes) if style == "yaml" else output.as_json(outcomes), nl=False)
