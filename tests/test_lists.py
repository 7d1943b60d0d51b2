"""An object in a List, as kubectl prints it, is read as it is alone: no problem of it is passed over."""

import pytest

from function.cli import documents

BROKEN = {
    "twice": "a: 1\na: 2\n",
    "twice further down": "a:\n  b: 1\n  b: 2\n",
    "twice in a list": "a:\n- b: 1\n  b: 2\n",
    "no map": "3\n",
}
"""Objects that have a problem."""


def reasons(text: str) -> list[str]:
    """The reasons of all problems, without the lines that they name."""
    found = [problem for each in documents.read(text.encode(), "f.yaml") for problem in each.problems]
    return [problem.reason.partition(", first in line")[0] for problem in found]


@pytest.mark.parametrize("kind", ["List", "NodeAppList"])
@pytest.mark.parametrize("name", BROKEN)
def test_problem_in_a_list_is_found(kind: str, name: str) -> None:
    """Whether good objects stand before and after it or not."""
    alone = reasons(BROKEN[name])
    assert alone
    item = "- " + BROKEN[name].rstrip().replace("\n", "\n  ") + "\n"
    for items in (item, f"- good: 1\n{item}- good: 2\n"):
        assert reasons(f"kind: {kind}\nitems:\n{items}") == alone
