"""The strategies make every field of both APIs, so that every law is tried on every field."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pydantic
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from function.api.nodeapp import Spec
from function.api.platform import Platform
from tests.platform_strategies import accepted_specs

Path = tuple[str, ...]
DRAWS = settings(
    max_examples=400,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Without shrinking: no example is wrong, and all of them count."""


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


@pytest.fixture(scope="module")
def drawn() -> Mapping[type[pydantic.BaseModel], set[Path]]:
    """The fields that are written in any of the examples, by model. Every example is valid."""
    paths: dict[type[pydantic.BaseModel], set[Path]] = {Spec: set(), Platform: set()}

    @DRAWS
    @given(accepted_specs())
    def draw(pair: tuple[Any, Any]) -> None:
        for model, written in zip(paths, pair, strict=True):
            paths[model].update(set_paths(model.model_validate(written)) if written else ())

    draw()
    return paths


@pytest.mark.parametrize("model", [Spec, Platform])
def test_every_field_is_drawn(
    drawn: Mapping[type[pydantic.BaseModel], set[Path]], model: type[pydantic.BaseModel]
) -> None:
    """Each field of the model is written in one of a few hundred examples."""
    missing = set(field_paths(model)) - drawn[model]
    assert not missing, sorted(map(".".join, missing))
