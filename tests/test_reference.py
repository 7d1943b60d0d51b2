"""The pages about the API have every field. That they are fresh is checked with all that is generated."""

from typing import Any

import pytest

from function.api.model import Model
from function.api.nodeapp import Spec
from function.api.openapi import openapi
from function.api.platform import PROFILES, Platform
from function.api.status import Status
from package.field_text import dotted, parted
from package.reference import fields
from tests.examples import examples
from tests.generate import ROOT

MODELS = ((Spec, "nodeapp"), (Platform, "platform"))


@pytest.mark.parametrize(("model", "page"), MODELS, ids=lambda value: getattr(value, "__name__", value))
def test_every_field_has_an_example(model: type[Model], page: str) -> None:
    """Each field that holds a value is shown with one that was accepted, and each has a heading."""
    shown = dict(zip((Spec, Platform), examples(), strict=True))[model]
    every = list(fields((), openapi(model), model))
    without = [
        dotted(each.path) for each in every if "properties" not in each.schema and each.path not in shown
    ]
    assert not without, f"write these fields in a golden, or in MORE of tests/examples.py: {without}"
    assert unmentioned(model, page) == []


def unmentioned(model: type[Model], page: str) -> list[str]:
    """The fields of a model that have no heading on a page."""
    text = (ROOT / "docs" / f"{page}.md").read_text()
    paths = [dotted(each.path) for each in fields((), openapi(model), model)]
    return [path for path in paths if f"# `{path}`\n" not in text]


def test_the_status_has_every_field() -> None:
    """Each field of the status has a heading too."""
    assert unmentioned(Status, "status") == []


@pytest.mark.parametrize(
    ("path", "of_profile"),
    [
        (("database", "instances"), lambda each: each.database.instances),
        (("database", "storage"), lambda each: each.database.storage),
        (("database", "deletionPolicy"), lambda each: each.database.deletion_policy),
        (("frontend", "replicas"), lambda each: each.replicas),
        (("backend", "replicas"), lambda each: each.replicas),
        (("workers", "<name>", "replicas"), lambda each: each.replicas),
    ],
    ids=lambda value: dotted(value) if isinstance(value, tuple) else "",
)
def test_a_default_by_environment_is_the_profiles(path: tuple[str, ...], of_profile: Any) -> None:
    """A description that names the default of an environment names the one of the built-in profile."""
    field = next(each for each in fields((), openapi(Spec), Spec) if each.path == path)
    _, told = parted(field.schema["description"])
    assert all(f"{of_profile(each)} in {name}" in told for name, each in PROFILES.items()), told
