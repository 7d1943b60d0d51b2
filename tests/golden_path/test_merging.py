"""What the update makes of changes on both sides: nothing of either is lost without a word."""

import json
from typing import Any

import pytest

from tests.golden_path.scaffolding import BACKSTAGE, PROJECT, run

PAGE = "".join(f"line {number}\n" for number in range(9))
OURS, NEWER = f"{PAGE}ours\n", f"newer\n{PAGE}"
Files = dict[str, str]

CASES: dict[str, tuple[Files, Files, Files, dict[str, Any]]] = {
    "other lines": ({"a": PAGE}, {"a": OURS}, {"a": NEWER}, {"files": {"a": f"newer\n{PAGE}ours\n"}}),
    "the same change": ({"a": PAGE}, {"a": OURS}, {"a": OURS}, {"files": {"a": OURS}}),
    "the same line": (
        {"a": "x\n"},
        {"a": "y\n"},
        {"a": "z\n"},
        {"files": {"a": "<<<<<<< yours\ny\n=======\nz\n>>>>>>> newer\n"}, "conflicts": ["a"]},
    ),
    "both added": (
        {},
        {"a": "y\n"},
        {"a": "z\n"},
        {"files": {"a": "<<<<<<< yours\ny\n=======\nz\n>>>>>>> newer\n"}, "conflicts": ["a"]},
    ),
    "a picture": ({"a": "x\0"}, {"a": "y\0"}, {"a": "z\0"}, {"files": {"a": "y\0"}, "unmerged": ["a"]}),
    "deleted here": ({"a": PAGE}, {}, {"a": NEWER}, {"files": {}, "deleted": ["a"]}),
    "deleted here, moved there": ({"a": PAGE}, {}, {"b": NEWER}, {"files": {}, "deleted": ["b"]}),
    "dropped there": ({"a": PAGE}, {"a": PAGE}, {}, {"files": {}}),
    "changed here, dropped there": ({"a": PAGE}, {"a": OURS}, {}, {"files": {"a": OURS}, "kept": ["a"]}),
    "moved here, dropped there": ({"a": PAGE}, {"b": OURS}, {}, {"files": {"b": OURS}, "kept": ["b"]}),
    "moved here": ({"a": PAGE}, {"b": OURS}, {"a": NEWER}, {"files": {"b": f"newer\n{PAGE}ours\n"}}),
    "moved there": ({"a": PAGE}, {"a": OURS}, {"b": NEWER}, {"files": {"b": f"newer\n{PAGE}ours\n"}}),
    "moved to two places": (
        {"a": PAGE},
        {"b": OURS},
        {"c": NEWER},
        {"files": dict.fromkeys(("b", "c"), f"newer\n{PAGE}ours\n"), "tangled": ["b", "c"]},
    ),
    "a folder here, a file there": (
        {},
        {"x/y": OURS},
        {"x": NEWER},
        {"files": {"x/y": OURS, "x~newer": NEWER}, "tangled": ["x~newer"]},
    ),
    "a file here, a folder there": (
        {},
        {"x": OURS},
        {"x/y": NEWER},
        {"files": {"x/y": NEWER, "x~yours": OURS}, "tangled": ["x~yours"]},
    ),
}
"""Files of the former skeleton, of the repository and of the newer skeleton, and what comes of them."""


@pytest.fixture(scope="module")
def merged(node: dict[str, str]) -> dict[str, dict[str, Any]]:
    """By case."""
    cases = {
        name: {"former": former, "ours": ours, "newer": newer}
        for name, (former, ours, newer, _) in CASES.items()
    }
    command = ("node", "merged.js", str(BACKSTAGE / "update"))
    found: dict[str, dict[str, Any]] = json.loads(
        run(*command, cwd=PROJECT, env=node, stdin=json.dumps(cases))
    )
    return found


@pytest.mark.parametrize("case", CASES)
def test_merged(merged: dict[str, dict[str, Any]], case: str) -> None:
    """What can't be merged is named."""
    *_, expected = CASES[case]
    named: dict[str, Any] = {key: [] for key in ("conflicts", "unmerged", "deleted", "kept", "tangled")}
    assert merged[case] == named | expected
