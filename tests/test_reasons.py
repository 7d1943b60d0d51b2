"""Each reason of each condition has a text in docs/reasons.yaml, and no text is about another one."""

import ast
from collections.abc import Iterator
from importlib import import_module
from typing import Any, get_args

import pytest
import yaml

from function.api.reasons import Reason
from function.components.database.lifecycle import IN_FORCE
from function.components.route import parents
from function.report import ConditionType
from package.conditions import ANYWHERE, types
from tests import golden
from tests.generate import ROOT

REASONS: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "reasons.yaml").read_text())
LISTS = {"True": "good", "False": "bad"}
STATUSES = {"true": "True", "false": "False", "lacking": "False"}
"""Method of a ConditionType → the status of the condition that it makes."""


def explained(condition: str, status: str) -> set[str]:
    """The reasons that have a text, for a condition and its status."""
    own, anywhere = REASONS[condition], REASONS[ANYWHERE]
    return {*own.get(LISTS[status], {}), *anywhere[LISTS[status]]}


def test_every_reason_has_a_text() -> None:
    """Each reason that the code may give is explained somewhere, and each that is explained may be given."""
    told = {reason for texts in REASONS.values() for key in LISTS.values() for reason in texts.get(key, {})}
    assert told == set(get_args(Reason)), "write what to do in docs/reasons.yaml"


def test_every_condition_has_its_texts() -> None:
    """Each type of condition is in the file, and nothing else is."""
    assert set(REASONS) == {ANYWHERE, *(type_.name for type_ in types())}


def shown() -> Iterator[tuple[str, str, str, str]]:
    """Golden, condition, status and reason of each condition that a golden shows."""
    for path in sorted(golden.CASES.glob("*.yaml")):
        response = path.read_text().partition("\n---\n")[2].partition("\nobjects:")[0]
        for condition in yaml.safe_load(response).get("conditions", ()):
            yield path.stem, condition["type"], condition["status"], condition["reason"]


def test_goldens_show_explained_reasons() -> None:
    """A condition with the reason that a golden shows is explained for that condition and status."""
    every = list(shown())
    assert len(every) > 100
    assert [one for one in every if one[3] not in explained(one[1], one[2])] == []


def coded() -> Iterator[tuple[str, str, str]]:
    """Condition, status and reason of each condition that the code makes of a type with a name."""
    for path in sorted((ROOT / "function").rglob("*.py")):
        text, module = path.read_text(), None
        calls = any(f".{name}(" in text for name in STATUSES)
        for node in ast.walk(ast.parse(text if calls else "")):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in STATUSES
            ):
                module = module or import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                type_ = getattr(module, getattr(node.func.value, "id", ""), None)
                given = node.args[0] if node.args else None
                reason = given.value if isinstance(given, ast.Constant) else None
                reason = reason or getattr(module, getattr(given, "id", ""), None)
                if isinstance(type_, ConditionType) and isinstance(reason, str):
                    yield type_.name, STATUSES[node.func.attr], reason


def test_reasons_in_the_code_are_explained() -> None:
    """A condition that the code makes is explained for its type and status, as is each row of a table."""
    every = {
        *coded(),
        *(("DatabaseReady", "False", row.reason) for row in IN_FORCE if row.reason),
        *(("RouteReady", "False", reason) for reason in parents.REASONS.values()),
    }
    assert len(every) > 30
    assert [one for one in sorted(every) if one[2] not in explained(one[0], one[1])] == []


@pytest.mark.parametrize("texts", REASONS.values(), ids=REASONS)
def test_texts_are_sentences(texts: dict[str, Any]) -> None:
    """Each text is a sentence or more, which says what to do in the imperative or who must act."""
    every = [text for key in LISTS.values() for text in texts.get(key, {}).values()]
    assert every
    assert all(text.endswith(".") and text[0].isupper() for text in every)
