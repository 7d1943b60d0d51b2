"""Merge patches: the examples of RFC 7386, appendix A."""

from typing import Any

import pytest

from function.patch import merge

NO_MAP: list[Any] = [["c"], "foo", 3]


@pytest.mark.parametrize(
    ("value", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_patch_does_what_the_rfc_says(value: Any, patch: Any, result: Any) -> None:
    """Null removes a key, a map is merged, and anything else replaces what is there."""
    assert merge(value, patch) == result


@pytest.mark.parametrize("value", NO_MAP)
def test_a_patch_changes_neither_value_nor_patch(value: Any) -> None:
    """The result is a new value: the old one may be in a plan that other calls share."""
    old, patch = {"a": {"b": value}}, {"a": {"c": value}}
    merge(old, patch)
    assert (old, patch) == ({"a": {"b": value}}, {"a": {"c": value}})
