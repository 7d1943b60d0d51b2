"""A message about a spec is short, whatever was written: it goes into a condition, an event and a column."""

from typing import Any

import pydantic
import pytest

from function.api.nodeapp import Spec
from function.explain import sentences
from tests.machine.changes import Edit
from tests.strategies import FIELDS

LONG = "x!" * 3000
"""Longer than any field takes, and no value of any other type."""
SHORT = 400
"""Characters: the longest sentence of ours, and a short value."""


@pytest.mark.parametrize("path", sorted(FIELDS), ids=".".join)
@pytest.mark.parametrize("value", [LONG, [LONG]], ids=["text", "list"])
def test_no_message_repeats_a_long_value(path: tuple[str, ...], value: Any) -> None:
    """Whatever field it was written into."""
    spec = Edit(path, value).apply_to({"team": "t", "frontend": {}, "backend": {}})
    with pytest.raises(pydantic.ValidationError) as error:
        Spec.model_validate(spec)
    said = sentences(error.value, Spec, "spec")
    assert said
    assert [len(sentence) for sentence in said if len(sentence) > SHORT] == []
