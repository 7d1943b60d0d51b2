"""What models say of themselves reaches people: `kubectl explain` shows a field's text, not its type's."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from function.api.model import Model
from function.api.nodeapp import Spec
from function.api.openapi import openapi
from function.api.platform import Platform
from function.api.status import Status
from tests import golden
from tests.simulated.struct_codec import manifest

IMAGE = "ghcr.io/acme/shop:1.0.0"


def descriptions(schema: Any) -> Iterator[str]:
    """All descriptions in a schema."""
    if isinstance(schema, dict):
        if isinstance(text := schema.get("description"), str):
            yield text
        schema = list(schema.values())
    for each in schema if isinstance(schema, list) else ():
        yield from descriptions(each)


def below(model: type[Model]) -> Iterator[type[Model]]:
    """All models that are made of this one."""
    for each in model.__subclasses__():
        yield each
        yield from below(each)


def test_no_sentence_is_lost() -> None:
    """A model with more to say than what it is has a place where its text is published."""
    published = {text for model in (Spec, Platform, Status) for text in descriptions(openapi(model))}
    texts = {model.__name__: " ".join((model.__doc__ or "").split()) for model in below(Model)}
    lost = {name for name, text in texts.items() if ". " in text and text not in published}
    assert not lost, f"write these sentences at the fields that have such a value: {lost}"


@pytest.mark.parametrize(("part", "begins"), [("frontend", "a frontend requests"), ("backend", "all others")])
def test_default_resources_are_told(part: str, begins: str) -> None:
    """The numbers in the description are those of a container whose resources nobody wrote."""
    case = {"nodeapp": {"team": "web", part: {"image": IMAGE}}}
    resources = golden.response(case).desired.resources[f"{part}-deployment"].resource
    [container] = manifest(resources)["spec"]["template"]["spec"]["containers"]
    told = openapi(Spec)["properties"][part]["properties"]["resources"]["description"].partition(begins)[2]
    amounts = re.findall(r"\d+(?:m|Mi)?", told.partition(";")[0])
    asked = [container["resources"][kind] for kind in ("requests", "limits")]
    assert amounts == [each[name] for each in asked for name in ("cpu", "memory", "ephemeral-storage")]
