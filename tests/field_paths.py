"""The fields of a model, and those that a value of it writes, by path."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pydantic

Path = tuple[str, ...]
"""Names of fields, from the model down: ("backend", "probes", "liveness")."""


def nested_models(annotation: Any) -> Iterator[type[pydantic.BaseModel]]:
    """The models that a field's type mentions: alone, optional, in a list or in a map."""
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from nested_models(argument)


def field_paths(model: type[pydantic.BaseModel], prefix: Path = ()) -> Iterator[Path]:
    """Every field of a model and of the models in it."""
    for name, field in model.model_fields.items():
        yield (*prefix, name)
        for nested in nested_models(field.annotation):
            yield from field_paths(nested, (*prefix, name))


def set_paths(value: Any, prefix: Path = ()) -> Iterator[Path]:
    """Every field that is written in a validated value: defaults don't count."""
    if isinstance(value, pydantic.BaseModel):
        for name in value.model_fields_set:
            yield (*prefix, name)
            yield from set_paths(getattr(value, name), (*prefix, name))
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from set_paths(item, prefix)


def listed(paths: set[Path]) -> str:
    """Paths as a message names them."""
    return ", ".join(sorted(map(".".join, paths)))
