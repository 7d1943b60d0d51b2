"""A long text is judged at once: its cost grows with its length, and all other apps wait meanwhile."""

import time

import pytest
from pydantic import TypeAdapter, ValidationError

from function.api.schedule import Schedule
from function.components.environment import references

SOON = 0.5
"""Seconds of CPU: a hundred times what each takes, and a tenth of what it took."""


def test_references_that_never_end() -> None:
    """A value of nothing but beginnings of references is read once, from its begin to its end."""
    begun = time.process_time()
    assert list(references("$(" * 100_000)) == []
    assert time.process_time() - begun < SOON


def test_references_before_one_that_never_ends() -> None:
    """What is closed is a reference, whatever stands behind it."""
    assert list(references("$(A)-$$(B)-$(C)$(D")) == ["A", "C"]


def test_a_list_of_zeros_in_a_schedule() -> None:
    """A long list that is no schedule is refused at once."""
    begun = time.process_time()
    with pytest.raises(ValidationError, match="must be five fields of cron"):
        TypeAdapter(Schedule).validate_python("00," * 20 + "00 x")
    assert time.process_time() - begun < SOON
