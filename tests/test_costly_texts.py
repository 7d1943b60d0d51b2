"""What is done with a long text grows with its length, no faster: all other apps wait meanwhile."""

import re

import pytest

from function.api.cron import FIELDS, Values
from function.api.schedule import field
from function.components.references import references
from tests.ends import ends


def test_references_that_never_end() -> None:
    """A value of nothing but beginnings of references is read once, from its begin to its end."""
    with ends():
        assert list(references("$(" * 500_000)) == []


def test_references_before_one_that_never_ends() -> None:
    """What is closed is a reference, whatever stands behind it."""
    assert list(references("$(A)-$$(B)-$(C)$(D")) == ["A", "C"]


@pytest.mark.parametrize("values", FIELDS, ids=range(len(FIELDS)))
@pytest.mark.parametrize("item", ["00", "01", "1-05/03"])
def test_a_list_in_a_schedule_that_is_none(values: Values, item: str) -> None:
    """There is one way only to read each item. With two, each item more would double the ways to read all."""
    with ends():
        assert re.fullmatch(field(values), f"{item}," * 1000 + "x") is None
