"""The NodeApps on both sides of a comparison, in pairs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from function.api.names import CLAIM
from function.app import Object
from function.cli import apps, changes, kustomizations, sources, validate
from function.cli.apps import NodeApp
from function.cli.changes import Change
from function.cli.documents import Document, Finding
from function.cli.platforms import RejectedError
from function.cli.running import Running, at_rest
from function.cli.titles import readable
from function.components.database.keys import CLUSTER
from function.identity import stands_for

OVERLAYS = "overlays"
"""Folder of a deploy repository with a kustomization for each environment."""


class Where(NamedTuple):
    """Where an app is."""

    place: str
    """Its kustomization, if there are several."""
    namespace: str
    name: str

    def __str__(self) -> str:
        """For people."""
        place = f" in {self.place}" if self.place else ""
        return f"{CLAIM} {self.namespace}/{self.name}{place}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """An app before and after an edit."""

    where: Where
    before: Running | None
    after: Running | None
    changes: list[Change]


class Found(NamedTuple):
    """An app on one side."""

    where: Where
    file: str
    """The file that it is in, below the side's path."""
    document: Document


def side(path: str, namespace: str | None) -> list[Found]:
    """The apps of one side. Raises UnusableError, and RejectedError for what can't be read."""
    found: list[Found] = []
    above = readable(f"{Path(path)}/")
    for place, document in places(path):
        if document.problems:
            raise RejectedError(list(document.problems))
        if apps.kind(document) in (None, apps.SETTINGS):
            continue
        name, own = stands_for(document.value)
        where = Where(place, own or namespace or validate.NAMESPACE, name or "?")
        found.append(Found(where, document.source.removeprefix(above), document))
    return found


def pairs(before: list[Found], after: list[Found]) -> tuple[dict[Where, Document], dict[Where, Document]]:
    """Both sides by app. An app that several files have, for a cluster each, is one in each of them.

    Raises RejectedError for an app that one file has twice: nobody knows which one counts.
    """
    places = [{(each.where, each.file) for each in side} for side in (before, after)]
    counts = [Counter(where for where, _ in each) for each in places]
    many = {where for count in counts for where, files in count.items() if files > 1}
    old: dict[Where, Document] = {}
    new: dict[Where, Document] = {}
    for found, by_place in ((before, old), (after, new)):
        for where, file, document in found:
            place = where._replace(place=file) if where in many else where
            if place in by_place:
                raise RejectedError([document.finding(("metadata", "name"), f"is there twice: {where}")])
            by_place[place] = document
    return old, new


def places(path: str) -> Iterator[tuple[str, Document]]:
    """All documents of a path, each with the kustomization that it comes from if there are several."""
    folders = sorted(each for each in Path(path, OVERLAYS).glob("*") if kustomizations.file(each))
    if not folders or kustomizations.file(Path(path)):
        yield from (("", document) for document in sources.documents([path]))
        return
    for each in folders:
        yield from ((f"{OVERLAYS}/{each.name}", document) for document in sources.directory(each))


def compare(
    before: dict[Where, Document], after: dict[Where, Document], others: list[Object], *, modern: bool
) -> list[Comparison]:
    """Each app of both sides, at rest before the edit and after it."""
    both = [
        compared(where, before.get(where), after.get(where), others, modern=modern)
        for where in sorted(before.keys() | after.keys())
    ]
    return list(renamed(both))


def compared(
    where: Where, old: Document | None, new: Document | None, others: list[Object], *, modern: bool
) -> Comparison:
    """One app at rest before the edit and after it. Of an app that was refused before, nothing ran."""
    ran = at_rest(app(old, where), None, others, modern=modern) if old and not problems(old) else None
    before = None if ran is None or ran.outcome.refusal else ran
    if new and (wrong := problems(new)):
        return Comparison(where, before, None, [Change("refused", str(each)) for each in wrong])
    after = at_rest(app(new, where), before, others, modern=modern) if new else None
    return Comparison(where, before, after, list(changes.changes(before, after)))


def problems(document: Document) -> list[Finding]:
    """Why a document is no app."""
    return apps.problems(document, apps.faults(document, apps.kind(document) or CLAIM))


def app(document: Document, where: Where) -> NodeApp:
    """The app of a document, in its namespace."""
    found = apps.app(document)
    return replace(found, namespace=where.namespace) if found.kind == CLAIM else found


def renamed(comparisons: list[Comparison]) -> Iterator[Comparison]:
    """The comparisons, with a word where one app takes the place of another."""
    for each in comparisons:
        same = [c for c in comparisons if c.where.place == each.where.place and c is not each]
        gone = [c for c in same if c.after is None and c.before]
        if each.before is None and each.after and len(gone) == len(same) == 1:
            was, now = gone[0].where.name, each.where.name
            also = ", and with a database of its own" if CLUSTER in each.after.objects else ""
            message = f"{was} isn't renamed: {now} is a new app with other names{also}"
            yield replace(each, changes=[Change("irreversible", message), *each.changes])
        else:
            yield each
