"""The apps of a fleet, in many files."""

from collections.abc import Iterable
from dataclasses import replace

from function.cli import compared
from function.cli.compared import Where
from function.cli.documents import Document
from function.cli.platforms import RejectedError


def gathered(paths: Iterable[str], namespace: str | None) -> dict[Where, Document]:
    """The apps of all paths. The same app in several files is taken for an app of several clusters.

    What a cluster says of an app is left out: all start anew, in the old world. Raises UnusableError, and
    RejectedError for what can't be read.
    """
    found: dict[Where, Document] = {}
    for path in paths:
        for where, _, document in compared.side(path, namespace):
            spec = {key: value for key, value in document.value.items() if key != "status"}
            place = where if where not in found else where._replace(place=document.source)
            if place in found:
                raise RejectedError([document.finding(("metadata", "name"), "is there twice")])
            # What it was built from stays here: it can't be sent to another process.
            found[place] = replace(document, value=spec, origins=tuple)
    return found
