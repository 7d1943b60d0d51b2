"""The strategies make every field of both APIs, so that every law is tried on every field."""

from collections.abc import Mapping
from typing import Any

import pydantic
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from function.api.nodeapp import KEYS, Spec
from function.api.platform import Platform
from tests.field_paths import Path, field_paths, listed, set_paths
from tests.platform_strategies import accepted_specs
from tests.strategies import FIELDS

DRAWS = settings(
    max_examples=200,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Without shrinking: no example is wrong, and all of them count."""


@pytest.fixture
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


def test_every_field_is_drawn(drawn: Mapping[type[pydantic.BaseModel], set[Path]]) -> None:
    """Each field of both models is written in one of a few hundred examples."""
    for model, file in ((Spec, "tests/strategies.py"), (Platform, "tests/platform_strategies.py")):
        missing = set(field_paths(model)) - drawn[model]
        assert not missing, f"give these fields values in {file}: {listed(missing)}"


def test_every_key_is_edited() -> None:
    """The random edits of an app's life change every key of the spec."""
    missing = set(KEYS) - {path[0] for path in FIELDS}
    assert not missing, f"add these keys to FIELDS in tests/strategies.py: {missing}"
