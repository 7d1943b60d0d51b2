"""Find what Flux would refuse of a deploy repository: it may write one NodeApp, and nothing else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from function.api.names import CLAIM
from function.cli import references
from function.cli.documents import Document, Finding
from function.read import at, text

LABEL = r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"

FLUX = "kustomize.toolkit.fluxcd.io/"
"""Begin of the annotations and labels by which an object tells Flux how to apply it, such as force: enabled.

Flux's controller looks at both: AnyInMetadata in its package ssa.
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """The NodeApp that an app's entry in the fleet names."""

    namespace: str
    name: str

    def __str__(self) -> str:
        """Kind, namespace and name, for messages."""
        return f"{CLAIM} {self.namespace}/{self.name}"


class Argument(click.ParamType[Registered]):
    """NAMESPACE/NAME on the command line."""

    name = "NAMESPACE/NAME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Registered:
        """The app, or a sentence that says what to write."""
        if isinstance(value, Registered):
            return value
        if not re.fullmatch(f"{LABEL}/{LABEL}", str(value)):
            self.fail(f"must be the app's namespace and name, such as shop/shop, not {value!r}", param, ctx)
        return Registered(*str(value).split("/"))


def fetched(files: Iterable[str]) -> dict[str, list[Finding]]:
    """What each directory takes from another host or through a link; one without it is left out."""
    found = {name: list(references.remote(Path(name))) for name in files if Path(name).is_dir()}
    return {name: findings for name, findings in found.items() if findings}


def foreign(documents: Iterable[Document], app: Registered) -> Iterator[Finding]:
    """A problem for each object that isn't the app, and for each word to Flux on the app."""
    reason = f"Flux may write {app} and nothing else of this repository"
    for document in documents:
        kind, namespace = text(document.value, "kind"), text(document.value, "metadata", "namespace")
        if document.problems:
            continue
        if kind != CLAIM:
            yield document.finding(("kind",), f"{kind or 'an object without a kind'} is refused: {reason}")
        elif text(document.value, "metadata", "name") != app.name:
            yield document.finding(("metadata", "name"), f"must be {app.name}: {reason}")
        elif namespace is None:
            remedy = f"is required; write namespace: {app.namespace} in the overlay's kustomization.yaml"
            yield document.finding(("metadata", "namespace"), remedy)
        elif namespace != app.namespace:
            yield document.finding(
                ("metadata", "namespace"), f"must be {app.namespace}, not {namespace}: {reason}"
            )
        else:
            yield from told(document)


def told(document: Document) -> Iterator[Finding]:
    """A problem for each word to Flux on the app. The fleet overrules it, so it would have no effect."""
    for part in ("annotations", "labels"):
        keys = at(document.value, "metadata", part)
        for key in keys if isinstance(keys, Mapping) else ():
            if str(key).startswith(FLUX):
                yield document.finding(
                    ("metadata", part, key),
                    "is refused: only the fleet tells Flux how to apply an app; take it out",
                )
