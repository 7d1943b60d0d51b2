"""Everything that is wrong with a NodeApp or a Platform as written: schema, names and policy at once."""

from collections.abc import Iterator, Mapping
from typing import Any

import pydantic

from function import accept, compose
from function.app import Composite
from function.cli import apps
from function.cli.documents import Document, Problem
from function.compose import prune
from function.explain import Location, explain
from function.identity import Identity, misnamed, stands_for
from function.model import Model
from function.names import API_VERSION, CLAIM, COMPOSITE, PLATFORM_NAME
from function.platform import Platform
from function.spec import Spec

STAND_IN = "app"
"""Name by which the rest of an app is judged whose own name is wrong."""

NAMESPACE = "default"
"""Of NodeApps that don't say, as kubectl has it."""


def app(document: Document, kind: str, platform: Platform) -> list[Problem]:
    """What is wrong with a NodeApp or XNodeApp under a platform."""
    spec = prune(document.value.get("spec"))
    found = [*apps.faults(document, kind), *apps.typos(document, kind)]
    if isinstance(spec, dict):
        wrong = list(schema(Spec, spec))
        name, namespace = stands_for(document.value)
        found += wrong
        if name and (sentence := misnamed(name)):
            found.append(located(sentence))
            name = STAND_IN
        if not wrong:
            found += policy(name or STAND_IN, namespace, platform, spec)
    return apps.problems(document, found)


def settings(document: Document) -> list[Problem]:
    """What is wrong with a Platform."""
    spec, faults = prune(document.value.get("spec")), list(apps.faults(document, apps.SETTINGS))
    found = [*faults, *apps.typos(document, apps.SETTINGS)]
    if not faults and (name := document.value["metadata"]["name"]) != PLATFORM_NAME:
        found.append((("metadata", "name"), f"must be {PLATFORM_NAME}: no other governs, not {name!r}"))
    if isinstance(spec, dict):
        found += schema(Platform, spec)
    return apps.problems(document, found)


def schema(model: type[Model], spec: Mapping[str, Any]) -> Iterator[tuple[Location, str]]:
    """What a model has against a spec."""
    try:
        model.model_validate(spec)
    except pydantic.ValidationError as error:
        yield from ((("spec", *where), said) for where, said in explain(error, model))


def policy(
    name: str, namespace: str | None, platform: Platform, spec: Mapping[str, Any]
) -> list[tuple[Location, str]]:
    """What policy has against a sound spec of an app that is well named."""
    composite = Composite(API_VERSION, COMPOSITE, name, claimed=True, namespaced=False)
    who = Identity(name, namespace or NAMESPACE, composite)
    chosen, wrong = accept.parse(who, platform, spec)
    return [located(sentence) for sentence in (compose.problems(*chosen) if chosen else wrong)]


def located(sentence: str) -> tuple[Location, str]:
    """A sentence that begins with a field's path, taken apart."""
    path, _, said = sentence.partition(": ")
    return (tuple(path.split(".")), said) if path.startswith(("spec", "metadata")) else (("spec",), sentence)


def title(kind: str) -> str:
    """What a kind is counted as."""
    return CLAIM if kind == COMPOSITE else kind
