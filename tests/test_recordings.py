"""Recordings are read as they were written."""

from typing import Any

import pytest

from tests import recordings

CALLS: list[dict[str, Any]] = [
    {"claim": {"team": "a"}},
    {"request": {"a": {"b": 1, "c": [1]}}, "response": {"d": 1}},
    {"request": {"a": {"b": 1, "c": [1]}}, "response": {"d": 1}},
    {"request": {"a": {"c": [2]}}, "response": {"d": 2, "e": {}}},
    {"claim": {"team": "b"}},
    {"request": {"f": {"g": {}}}, "response": {"d": 2}},
]


def test_folding_loses_nothing_but_repetitions() -> None:
    """What is unfolded is what was folded, but for calls that repeat the one before."""
    assert list(recordings.unfolded(list(recordings.folded(CALLS)))) == [*CALLS[:2], *CALLS[3:]]


@pytest.mark.parametrize("name", recordings.names())
def test_a_recording_has_inputs_and_calls(name: str) -> None:
    """A recording begins with a NodeApp, and each of its calls has an answer."""
    _, events = recordings.load(name)

    assert "claim" in events[0]
    assert all(set(event) in ({"claim"}, {"request", "response"}) for event in events)
