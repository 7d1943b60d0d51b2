"""Find the NodeApps among documents, and the errors in them that no platform has to judge."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydantic

from function.api.fields import Label, Labels
from function.api.json_values import DEEPEST, TOO_DEEP, Location, depth, unfit
from function.api.model import Model
from function.api.names import API_VERSION, CLAIM, COMPOSITE, GROUP, SETTINGS_API_VERSION, SETTINGS_GROUP
from function.api.nodeapp import Spec
from function.api.platform import Platform
from function.cli.documents import Document, Finding
from function.explain import explain, unknown
from function.identity import stands_for
from function.read import plain, stored

SETTINGS = "Platform"
ROOT = ("apiVersion", "kind", "metadata", "spec", "status")

CONNECTION = "writeConnectionSecretToRef"

CROSSPLANE = (
    "claimRef",
    "compositeDeletePolicy",
    "compositionRef",
    "compositionRevisionRef",
    "compositionRevisionSelector",
    "compositionSelector",
    "compositionUpdatePolicy",
    "crossplane",
    "resourceRef",
    "resourceRefs",
    CONNECTION,
)
"""Keys at a spec's root that are Crossplane's own."""


class Metadata(Model):
    """The fields of an object's metadata that reach the app."""

    name: str
    """Name of the app."""
    namespace: Label | None = None
    """Namespace of the app."""
    labels: Labels = {}
    """Labels of the app."""
    annotations: dict[str, str] = {}
    """Annotations of the app."""


@dataclass(frozen=True, slots=True)
class NodeApp:
    """A NodeApp or an XNodeApp in a file."""

    document: Document
    kind: str
    name: str
    """Name of the app: for the XR of a claim that of the claim."""
    namespace: str | None
    metadata: Mapping[str, Any]
    spec: Mapping[str, Any]
    """As the API server stores it."""

    def __str__(self) -> str:
        """Kind, namespace and name, for messages."""
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"


def kind(document: Document) -> str | None:
    """The kind, if it is one of ours or a misspelt one of ours; else None."""
    written, version = document.value.get("kind"), document.value.get("apiVersion")
    if not isinstance(written, str):
        return None
    group = version.partition("/")[0] if isinstance(version, str) else None
    if written in (CLAIM, COMPOSITE) or (written == SETTINGS and group == SETTINGS_GROUP):
        return written
    kinds = {CLAIM.lower(): CLAIM, COMPOSITE.lower(): COMPOSITE} if group == GROUP else {}
    near = difflib.get_close_matches(written.lower(), kinds, n=1, cutoff=0.85)
    return kinds[near[0]] if near else None


def app(document: Document) -> NodeApp:
    """The app of a document without faults."""
    value, (name, namespace) = plain(dict(document.value)), stands_for(document.value)
    spec = stored(document.value["spec"])
    return NodeApp(document, value["kind"], name or "", namespace, value["metadata"], spec)


def faults(document: Document, expected: str) -> Iterator[tuple[Location, str]]:
    """Errors that keep a document from being an object of a kind."""
    value = plain(dict(document.value))
    version = SETTINGS_API_VERSION if expected == SETTINGS else API_VERSION
    for key, right in (("apiVersion", version), ("kind", expected)):
        if value.get(key) != right:
            yield (key,), f"must be {right}" + (f", not {value[key]!r}" if key in value else "")
    if depth({key: inner for key, inner in value.items() if key != "spec"}) > DEEPEST:
        yield (), TOO_DEEP
    yield from ((("spec", *where), sentence) for where, sentence in unfit(value.get("spec"), level=2))
    for key in ("metadata", "spec"):
        if not isinstance(value.get(key), dict):
            yield (key,), "must be a map" if key in value else "is required"
    if isinstance(value.get("metadata"), dict):
        if value["metadata"].get("name") == "":
            yield ("metadata", "name"), "is empty; write the name of the app"
        try:
            Metadata.model_validate(value["metadata"])
        except pydantic.ValidationError as error:
            yield from ((("metadata", *where), message) for where, message in explain(error, Metadata))


def typos(document: Document, kind: str) -> Iterator[tuple[Location, str]]:
    """Unknown keys, with the nearest known one. The API server refuses or drops unknown keys."""
    for key in document.value:
        if key not in ROOT:
            near = difflib.get_close_matches(key, ROOT, n=1)
            yield (key,), f"is unknown; {f'did you mean {near[0]}?' if near else 'fields go below spec'}"
    for where, message in unknown(Platform if kind == SETTINGS else Spec, document.value.get("spec")):
        if len(where) > 1 or where[0] not in CROSSPLANE:
            yield ("spec", *where), message
        elif where[0] == CONNECTION and kind == CLAIM:
            yield ("spec", *where), nothing_written(document)


def nothing_written(document: Document) -> str:
    """Why a connection Secret is never written, and where the credentials are."""
    name, _ = stands_for(document.value)
    return (
        "nothing is ever written to it, because a NodeApp has no connection details; CloudNativePG keeps the "
        f"database's credentials in Secret {name}-db-app"
    )


def problems(document: Document, messages: Iterable[tuple[Location, str]]) -> list[Finding]:
    """The messages with their lines in the file, from top to bottom."""
    located = [document.finding(where, message) for where, message in messages]
    return sorted(located, key=lambda problem: problem.mark or (0, 0))


def others(documents: list[Document]) -> str:
    """The kinds that are ignored, with their counts."""
    kinds = Counter(str(document.value.get("kind") or "object without a kind") for document in documents)
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
