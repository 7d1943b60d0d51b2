"""Find every problem in a NodeApp or a Platform: in schema, names and policy."""

from collections.abc import Iterator, Mapping
from typing import Any

import pydantic

from function import compose
from function.accept import breaches, parse
from function.api.json_values import Location
from function.api.model import Model
from function.api.names import API_VERSION, CLAIM, COMPOSITE, PLATFORM_NAME
from function.api.nodeapp import Spec
from function.api.platform import Platform
from function.app import Observed
from function.cli import apps
from function.cli.documents import Document, Finding
from function.explain import explain, nothing_below, unrendered
from function.identity import Identity, misnamed, stands_for
from function.place import Composite
from function.read import plain, stored

STAND_IN = "app"
"""Name to check the rest of an app with, if its own name is invalid."""

NAMESPACE = "default"
"""Namespace of NodeApps that name none, as in kubectl."""


def app(document: Document, kind: str, platform: Platform) -> list[Finding]:
    """The problems of a NodeApp or XNodeApp under a Platform."""
    spec = stored(document.value.get("spec"))
    faults = list(apps.faults(document, kind))
    messages = [*faults, *apps.typos(document, kind), *booleans(document)]
    if isinstance(spec, dict) and not any(where[:1] == ("spec",) for where, _ in faults):
        of_schema = list(schema(Spec, spec))
        messages += empty(Spec, document, of_schema)
        name, namespace = stands_for(document.value)
        messages += of_schema
        if name and (sentence := misnamed(name)):
            where, message = located(sentence)
            messages.append((where, message + unrendered(name)))
            name = STAND_IN
        if not of_schema:
            messages += policy(name or STAND_IN, namespace, platform, spec)
    return apps.problems(document, messages)


def settings(document: Document) -> list[Finding]:
    """The problems of a Platform."""
    spec, faults = plain(document.value.get("spec")), list(apps.faults(document, apps.SETTINGS))
    messages = [*faults, *apps.typos(document, apps.SETTINGS)]
    if not faults and (name := document.value["metadata"]["name"]) != PLATFORM_NAME:
        messages.append((("metadata", "name"), f"must be {PLATFORM_NAME}: no other governs, not {name!r}"))
    if isinstance(spec, dict) and not any(where[:1] == ("spec",) for where, _ in faults):
        of_schema = list(schema(Platform, spec))
        messages += [*of_schema, *empty(Platform, document, of_schema)]
    return apps.problems(document, messages)


def empty(
    model: type[Model], document: Document, told: list[tuple[Location, str]]
) -> Iterator[tuple[Location, str]]:
    """Fields with nothing behind them. The API server drops them without a word."""
    known = {where for where, _ in told}
    for where, message in nothing_below(model, document.value["spec"]):
        if ("spec", *where) not in known:
            yield ("spec", *where), message


def booleans(document: Document) -> Iterator[tuple[Location, str]]:
    """Keys that YAML takes for a boolean, so that they get another name."""
    for where, written in document.booleans:
        yield where, f"was written as {written}, which YAML takes for a boolean; put the key in quotes"


def schema(model: type[Model], spec: Mapping[str, Any]) -> Iterator[tuple[Location, str]]:
    """The errors of a spec by a model."""
    try:
        model.model_validate(spec)
    except pydantic.ValidationError as error:
        yield from ((("spec", *where), message) for where, message in explain(error, model))


def policy(
    name: str, namespace: str | None, platform: Platform, spec: Mapping[str, Any]
) -> list[tuple[Location, str]]:
    """The breaches of policy by a valid spec of an app with a valid name."""
    readable = parse(identity(name, namespace), platform, spec)
    nothing = compose.read(Observed({}, {}, {}))
    problems = readable if isinstance(readable, list) else breaches(readable, nothing)
    return [located(each) for each in problems]


def identity(name: str, namespace: str | None) -> Identity:
    """The identity of an app of this name, behind a claim."""
    composite = Composite(API_VERSION, COMPOSITE, name, claimed=True, namespaced=False)
    return Identity(name, namespace or NAMESPACE, composite)


def located(sentence: str) -> tuple[Location, str]:
    """Path and message of a sentence that begins with a field's path."""
    path, _, message = sentence.partition(": ")
    if path.startswith(("spec", "metadata")):
        return tuple(path.split(".")), message
    return ("spec",), sentence


def title(kind: str) -> str:
    """The kind that a summary counts an object as."""
    return CLAIM if kind == COMPOSITE else kind
