"""Models → the pages about the API: every field with its type, bounds, default, rules and an example."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydantic
from pydantic_core import PydanticUndefined

from function.api.model import Model
from function.api.nodeapp import Spec
from function.api.openapi import openapi
from function.api.patterns import type_below
from function.api.platform import PROFILES, Platform
from function.api.status import Status
from function.place import Manifest
from package.field_text import Path, bounds, dotted, example, kind, parted, rules, show, stated, wrapped

NAME = "<name>"
"""Stands for any key of a map in a path."""

Examples = Mapping[Path, Any]
"""Path of a field → a value of it that was accepted."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field, as the page shows it."""

    path: Path
    schema: Manifest
    required: bool
    default: Any
    """PydanticUndefined where there is none."""


def nodeapp(examples: Examples) -> str:
    """The page about the NodeApp."""
    profiles = "\n".join(f"| {what} | {' | '.join(map(show, values))} |" for what, values in by_profile())
    intro = f"""\
Every field of a NodeApp's `spec`. In a cluster, `kubectl explain nodeapp.spec.database` says the same.
[The NodeApp by example](nodeapp-by-example.md) is shorter.

The environment decides some defaults. These are the built-in profiles.
A Platform may change them, and add more: see [profiles](platform.md#profiles).

| Default of | {" | ".join(f"`{name}`" for name in PROFILES)} |
|---|{"---|" * len(PROFILES)}
{profiles}
"""
    return page("NodeApp: every field", intro, Spec, examples)


def by_profile() -> Iterator[tuple[str, list[Any]]]:
    """What a profile decides, with the value of each built-in one."""
    every = list(PROFILES.values())
    yield "`replicas` of each part", [each.replicas for each in every]
    yield "a PodDisruptionBudget, for a part with two or more pods", [e.disruption_budget for e in every]
    databases = [each.database for each in every]
    yield "`database.instances`", [each.instances for each in databases]
    yield "`database.storage`", [each.storage for each in databases]
    yield "`database.backup.enabled`, with an object store", [each.backed_up for each in databases]
    yield "`database.deletionPolicy`", [each.deletion_policy for each in databases]


def platform(examples: Examples) -> str:
    """The page about the Platform."""
    intro = """\
Every field of a Platform's `spec`. There is one Platform in a cluster, named `default`.
Without it, the defaults below apply. In a cluster, `kubectl explain platform.spec` says the same.
[example/platform.yaml](../example/platform.yaml) is a whole one.
"""
    return page("Platform: every field", intro, Platform, examples)


def status(examples: Examples) -> str:
    """The page about the NodeApp's status."""
    intro = """\
Every field of a NodeApp's `status` but the conditions, which have [a page of their own](conditions.md).
A field that doesn't apply is absent.
A program that waits for an edit reads `accepted` and `ready`.
"""
    return page("NodeApp: the status", intro, Status, examples)


def page(title: str, intro: str, model: type[Model], examples: Examples) -> str:
    """A page about a model."""
    schema = openapi(model)
    notice = "<!-- Generated from the models in function/ by: uv run python -m tests.generate -->\n"
    parts = [notice, f"# {title}\n", intro, *rules(schema, "The spec as a whole")]
    writable = model is not Status
    parts += [section(field, examples, writable=writable) for field in fields((), schema, model)]
    return "\n".join(parts)


def fields(prefix: Path, schema: Manifest, annotation: Any) -> Iterator[Field]:
    """Every field below a path, each before those below it."""
    for key, below in schema.get("properties", {}).items():
        path = (*prefix, key)
        yield Field(path, below, key in schema.get("required", ()), default(annotation, key))
        yield from nested(path, below, type_below(annotation, key))


def nested(path: Path, schema: Manifest, annotation: Any) -> Iterator[Field]:
    """The fields of what a field holds: of an object, of a list's items, or of a map's values."""
    yield from fields(path, schema, annotation)
    for keyword, step in (("items", "[]"), ("additionalProperties", NAME)):
        if keyword in schema:
            yield from nested((*path, step), schema[keyword], type_below(annotation, step))


def default(annotation: Any, key: str) -> Any:
    """The default of a model's field; PydanticUndefined where it has none."""
    if not (isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)):
        return PydanticUndefined
    found = (f for name, f in annotation.model_fields.items() if (f.alias or name) == key)
    return next((f.default for f in found), PydanticUndefined)


def section(field: Field, examples: Examples, *, writable: bool) -> str:
    """What the page says of a field. `writable`: people write it."""
    level = "##" if len(field.path) == 1 else "###"
    text, told = parted(field.schema.get("description", ""))
    facts = [kind(field.schema), *bounds(field.schema)]
    if writable:
        facts.append("required" if field.required else stated(field.default, told))
    lines = [f"{level} `{dotted(field.path)}`\n", *wrapped("; ".join(facts), "- "), *wrapped(text)]
    lines += rules(field.schema, "")
    if field.path in examples and "properties" not in field.schema:
        lines.append(f"```yaml\n{example(field.path, examples[field.path])}```\n")
    return "\n".join(lines)
