"""The memo, within a reconcile: the second call has the lookups that the first reply asks for."""

from itertools import product
from typing import Any

import pytest
from crossplane.function.proto.v1.run_function_pb2 import RunFunctionRequest as Request

from benchmarks import requests
from function import plan
from function.components.optional import KUBERNETES, requirement
from function.edge.fn import FunctionRunner
from function.plan import Question
from tests.remembering import answer, fresh, knowing

LOOKED_UP = "kubernetes"
"""Name of the requirement that a second call has the answer to."""


def second(request: Request, *names: str) -> Request:
    """The second call of a reconcile: nothing was found for these lookups."""
    other = Request()
    other.CopyFrom(request)
    for name in names:
        other.required_resources[name].SetInParent()
    return other


@pytest.fixture
def reconcile() -> tuple[Request, Request]:
    """Both calls about the recorded app, which have one plan."""
    steady = requests.load(requests.STEADY)
    return steady, second(steady, LOOKED_UP)


def test_both_calls_are_remembered(
    reconcile: tuple[Request, Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the next reconcile neither is answered anew."""
    runner = FunctionRunner()
    for request in reconcile:
        answer(runner, request)
    monkeypatch.setattr(runner, "reply", None)

    for request in (*reconcile, *reconcile):
        assert answer(runner, request).desired.resources


def test_both_plans_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """While what is looked up decides what is composed, each call has its plan, and neither is made again."""
    runner, first = FunctionRunner(), requests.load(requests.FIRST)
    both = first, second(first, *answer(runner, first).requirements.resources)
    kubernetes = both[1].required_resources[requirement(KUBERNETES)].items.add().resource
    kubernetes.update({"metadata": {"uid": "apps", "resourceVersion": "1"}})
    assert answer(runner, both[1]).desired != answer(runner, first).desired
    later = [requests.touched(request, version) for version, request in product(("1", "2"), both)]
    made = plans(monkeypatch)

    answers = [answer(runner, request) for request in later]

    assert made == []
    assert answers == [fresh(request) for request in later]


def test_an_edit_is_planned_once(reconcile: tuple[Request, Request], monkeypatch: pytest.MonkeyPatch) -> None:
    """The second call has the plan of the first one, although it was answered with a former plan before."""
    runner, edited = FunctionRunner(), [requests.edited(request, 1) for request in reconcile]
    for request in reconcile:
        answer(runner, request)
    made = plans(monkeypatch)

    answers = [answer(runner, request) for request in edited]

    assert len(made) == 1
    assert answers == [fresh(request) for request in edited]


def test_lookups_that_are_not_asked_for_any_more_are_forgotten(reconcile: tuple[Request, Request]) -> None:
    """Crossplane doesn't look up again what the last reply didn't ask for."""
    runner, (asked, looked_up) = knowing(), reconcile
    answer(runner, looked_up)
    [before] = runner.replies.by_xr.values()

    answer(runner, requests.touched(asked, "1"))

    [after] = runner.replies.by_xr.values()
    assert any(LOOKED_UP in names for names in before)
    assert not any(LOOKED_UP in names for names in after)


def plans(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """The questions that plans are made for from now on."""
    made, make = list[Question](), plan.make

    def noted(question: Question, *others: Any) -> Any:
        made.append(question)
        return make(question, *others)

    monkeypatch.setattr(plan, "make", noted)
    return made
