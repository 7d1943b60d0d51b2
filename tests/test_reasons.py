"""Each reason of each condition has a text in docs/reasons.yaml, and no text is about another one."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml

from function.api.reasons import Reason
from package.conditions import ANYWHERE, types
from tests import golden
from tests.generate import ROOT

REASONS: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "reasons.yaml").read_text())
LISTS = {"True": "good", "False": "bad"}


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


@pytest.mark.parametrize("texts", REASONS.values(), ids=REASONS)
def test_texts_are_sentences(texts: dict[str, Any]) -> None:
    """Each text is a sentence or more, which says what to do in the imperative or who must act."""
    every = [text for key in LISTS.values() for text in texts.get(key, {}).values()]
    assert every
    assert all(text.endswith(".") and text[0].isupper() for text in every)
