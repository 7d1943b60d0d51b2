"""docs/security.md lists what an override may change, as the code has it."""

import re

from function.overridable import FIELDS, GOVERNED, RESERVED_ANNOTATIONS, RESERVED_LABELS
from tests.generate import ROOT

SECTION = (ROOT / "docs" / "security.md").read_text().partition("### What an override may change")[2]
ROWS = {
    kind: row
    for kinds, row in re.findall(r"(?m)^\| ([^|]+) \| ([^|]+) \|$", SECTION.partition("\n\n`function/")[0])
    for kind in kinds.split(", ")
}


def test_each_kind_has_a_row() -> None:
    """A kind with fields of its own has a row, and so has one whose annotations are the platform's."""
    assert {*FIELDS, *GOVERNED} == set(ROWS) - {"Kind", "---", "all", "all others"}


def test_each_name_of_a_field_is_right() -> None:
    """A field that the table names may be changed."""
    for kind, row in ROWS.items():
        allowed = FIELDS.get(kind, ())
        named = set(re.findall(r"`([^`]+)`", row)) if kind in FIELDS else set()
        assert {name for name in named if not any(path.endswith(name) for path in allowed)} == set(), kind


def test_reserved_domains_are_all_named() -> None:
    """The paragraph below lists each domain whose labels or annotations can't be changed."""
    paragraph = SECTION.partition("\nNobody overrides")[2].partition("\n\n")[0]
    assert {*RESERVED_LABELS, *RESERVED_ANNOTATIONS} == set(re.findall(r"`([^`]+)`", paragraph))
