"""What is read in observed objects is read again when one of those has changed, and not before."""

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from crossplane.function.proto.v1.run_function_pb2 import RunFunctionRequest as Request

from benchmarks import requests
from function import compose
from function.app import Component, Object, Observed
from function.edge.fn import FunctionRunner
from function.edge.readings import take
from function.edge.versions import Versions, changes
from function.read import at, condition, items


def versions(composed: dict[str, str | None], required: dict[str, tuple[str | None, ...]]) -> Versions:
    """The versions of some objects."""
    return Versions(None, composed, required, b"")


HOLDS, OUTDATED = "holds", "outdated"
BEFORE = versions({"a": "a 1", "b": "b 1"}, {"asked": ("c 1",), "none": ()})
OBSERVED = Observed(
    xr={
        "metadata": {"uid": "1"},
        "status": {"database": {"name": "metrics"}, "conditions": [{"type": "Ready"}]},
    },
    composed={"a": {"spec": {"x": 1}}, "b": {}},
    required={"asked": [{}], "none": []},
)


@pytest.mark.parametrize(
    ("read", "now", "verdict"),
    [
        (lambda o: o.composed.get("a"), {"a": "a 1", "b": "b 2"}, HOLDS),
        (lambda o: o.composed.get("a"), {"a": "a 2", "b": "b 1"}, OUTDATED),
        (lambda o: o.composed["a"], {"a": "a 2", "b": "b 1"}, OUTDATED),
        (lambda o: "a" in o.composed, {"b": "b 1"}, OUTDATED),
        (lambda o: "d" in o.composed, {"a": "a 1", "b": "b 1", "d": "d 1"}, OUTDATED),
        (lambda o: o.composed.get("d"), {"a": "a 1", "b": "b 1", "d": "d 1"}, OUTDATED),
        (lambda o: list(o.composed), {"a": "a 1"}, OUTDATED),
        (lambda o: len(o.composed), {"a": "a 1"}, OUTDATED),
        (lambda o: list(o.composed), {"a": "a 1", "b": "b 2"}, HOLDS),
        (lambda o: list(o.composed.values()), {"a": "a 1", "b": "b 2"}, OUTDATED),
        (lambda o: dict(o.composed), {"a": "a 1", "b": "b 2"}, OUTDATED),
    ],
)
def test_an_object_that_was_looked_at_counts(
    read: Callable[[Observed], object], now: dict[str, str | None], verdict: str
) -> None:
    """A changed, new or missing object is seen by who looked at it, and by nobody else."""
    reading = take(read, OBSERVED)

    assert reading.holds(OBSERVED.xr, changes(BEFORE, versions(now, dict(BEFORE.required)))) is (
        verdict == HOLDS
    )


@pytest.mark.parametrize(
    ("read", "required", "verdict"),
    [
        (lambda o: o.required.get("asked"), {"asked": ("c 1",), "none": ("d 1",)}, HOLDS),
        (lambda o: o.required.get("asked"), {"asked": ("c 2",), "none": ()}, OUTDATED),
        (lambda o: "later" in o.required, {"asked": ("c 1",), "none": (), "later": ()}, OUTDATED),
        (lambda o: o.required.get("none"), {"asked": ("c 1",)}, OUTDATED),
        (lambda o: sorted(o.required), {"asked": ("c 1",), "none": (), "later": ()}, OUTDATED),
    ],
)
def test_an_answered_lookup_counts(
    read: Callable[[Observed], object], required: dict[str, tuple[str | None, ...]], verdict: str
) -> None:
    """So does a lookup: an answer of nothing is another one than no answer."""
    reading = take(read, OBSERVED)

    assert reading.holds(OBSERVED.xr, changes(BEFORE, versions(dict(BEFORE.composed), required))) is (
        verdict == HOLDS
    )


@pytest.mark.parametrize(
    ("read", "xr", "verdict"),
    [
        (lambda o: at(o.xr, "metadata", "uid"), {"metadata": {"uid": "1", "resourceVersion": "9"}}, HOLDS),
        (lambda o: at(o.xr, "metadata", "uid"), {"metadata": {"uid": "2"}}, OUTDATED),
        (lambda o: at(o.xr, "metadata", "uid"), {}, OUTDATED),
        (lambda o: at(o.xr, "metadata", "labels", "x"), {"metadata": {"labels": {"x": "1"}}}, OUTDATED),
        (lambda o: items(o.xr, "status", "conditions"), {"status": {"conditions": []}}, OUTDATED),
        (lambda o: items(o.xr, "status", "conditions"), {"status": {"conditions": {}}}, OUTDATED),
        (lambda o: items(o.xr, "status", "conditions"), {"status": {"conditions": [{"a": 1}]}}, HOLDS),
        (lambda o: items(o.xr, "status", "conditions"), {"status": {"conditions": [1]}}, OUTDATED),
        (lambda o: condition(o.xr, "Ready"), {"status": {"conditions": [{"type": "Synced"}]}}, OUTDATED),
        (
            lambda o: condition(o.xr, "Ready").get("status"),
            {"status": {"conditions": [{"type": "Ready", "status": "True"}]}},
            OUTDATED,
        ),
        (lambda o: at(o.xr, "status", "database"), {"status": {"database": {"name": "other"}}}, HOLDS),
        (lambda o: at(o.xr, "status", "database"), {"status": {}}, OUTDATED),
        (lambda o: at(o.xr, "status", "database"), {"status": {"database": "text"}}, OUTDATED),
        (
            lambda o: dict(at(o.xr, "status", "database")),
            {"status": {"database": {"name": "other"}}},
            OUTDATED,
        ),
        (lambda o: dict(o.xr), {"metadata": {"uid": "1"}}, OUTDATED),
        (lambda o: "name" in at(o.xr, "status", "database"), {"status": {"database": {}}}, OUTDATED),
    ],
)
def test_a_value_of_the_composite_counts(
    read: Callable[[Observed], object], xr: Object, verdict: str
) -> None:
    """Of the XR it is the values that count: its version changes whenever its status is written."""
    reading = take(read, OBSERVED)

    assert reading.holds(xr, changes(BEFORE, BEFORE)) is (verdict == HOLDS)


def test_only_facts_of_what_changed_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of the frontend's Deployment, the facts of all else are known."""
    read = []

    def noting(component: Component[Any, Any]) -> Component[Any, Any]:
        def noted(observed: Observed, original: Callable[[Observed], Any]) -> object:
            read.append(component.name)
            return original(observed)

        original = component.read
        return dataclasses.replace(component, read=original and partial(noted, original=original))

    monkeypatch.setattr(compose, "COMPONENTS", tuple(map(noting, compose.COMPONENTS)))
    runner, steady = FunctionRunner(), requests.load(requests.STEADY)
    runner.run(steady.SerializeToString())
    read.clear()

    runner.run(later(steady, "frontend-deployment").SerializeToString())

    assert read == ["frontend"]


def later(steady: Request, key: str) -> Request:
    """The same after a change of an object."""
    resource = steady.observed.resources[key].resource
    resource.fields["metadata"].struct_value.update({"resourceVersion": "later"})
    return steady
