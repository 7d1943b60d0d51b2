"""docs/security.md lists what an override may change, as the code has it."""

import re

from function.overridable import FIELDS, RESERVED_ANNOTATIONS, RESERVED_LABELS
from tests.generate import ROOT

SECTION = (ROOT / "docs" / "security.md").read_text().partition("### What an override may change")[2]
ROWS = dict(re.findall(r"(?m)^\| ([^|]+) \| ([^|]+) \|$", SECTION.partition("\n\n`function/")[0]))


def test_each_kind_has_a_row() -> None:
    """A kind with fields of its own has a row, and only Ingresses have one without fields."""
    assert set(FIELDS) | {"Ingress"} == set(ROWS) - {"Kind", "---", "all", "all others"}


def test_each_name_of_a_field_is_right() -> None:
    """A field that the table names may be changed."""
    for kind, row in ROWS.items():
        allowed = {part for path in FIELDS.get(kind, ()) for part in (path.split(".")[-1], path)}
        named = set(re.findall(r"`([^`]+)`", row)) if kind in FIELDS else set()
        assert {name for name in named if not any(path.endswith(name) for path in allowed)} == set(), kind


def test_reserved_domains_are_all_named() -> None:
    """Of labels and annotations the row about all kinds lists each domain that can't be changed."""
    assert {*RESERVED_LABELS, *RESERVED_ANNOTATIONS} == set(re.findall(r"`([^`]+)`", ROWS["all"]))
