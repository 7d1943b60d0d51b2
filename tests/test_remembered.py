"""What is remembered of an app, and for how many apps."""

import gc
from types import FunctionType, ModuleType
from typing import Any

import pytest
from crossplane.function.proto.v1.run_function_pb2 import RunFunctionRequest as Request
from crossplane.function.proto.v1.run_function_pb2 import RunFunctionResponse as Response
from google.protobuf.struct_pb2 import Struct

from benchmarks import requests
from function.api.nodeapp import Spec
from function.app import App
from function.edge import encoded, fn
from function.edge.fn import FunctionRunner
from function.edge.replies import Replies
from function.edge.structs import struct
from function.place import Manifest
from function.ready import Expected


@pytest.fixture
def steady() -> Request:
    """The recorded app."""
    return requests.load(requests.STEADY)


@pytest.fixture
def counted(steady: Request) -> float:
    """Bytes that the recorded app counts for."""
    return remembered(steady).by_xr.currsize


def remembered(*asked: Request) -> Replies:
    """What is remembered after requests."""
    runner = FunctionRunner()
    for request in asked:
        ask(runner, request)
    return runner.replies


def busy(steady: Request) -> Request:
    """The recorded app with five workers and five jobs more."""
    request, names = Request(), [f"n{number}" for number in range(5)]
    request.CopyFrom(steady)
    job = {"schedule": "0 3 * * *", "command": ["node", "job.js"]}
    more: dict[str, Any] = {
        "workers": {name: {"command": ["node", "worker.js"]} for name in names},
        "jobs": dict.fromkeys(names, job),
    }
    request.observed.composite.resource.fields["spec"].struct_value.update(more)
    return request


def ask(runner: FunctionRunner, request: Request) -> Response:
    """The answer to a request."""
    return Response.FromString(runner.run(request.SerializeToString()))


def test_an_edit_takes_the_place_of_what_was_there(steady: Request) -> None:
    """Of an app that is edited again and again, the last plan alone is remembered."""
    runner, large = FunctionRunner(), requests.large(steady, 60)
    ask(runner, requests.edited(large, 0))
    once = runner.replies.by_xr.currsize

    for number in range(1, 10):
        ask(runner, requests.edited(large, number))

    assert len(runner.replies.by_xr) == 1
    assert runner.replies.by_xr.currsize == pytest.approx(once, rel=0.01)


def test_a_large_spec_counts_as_such(steady: Request, counted: float) -> None:
    """A spec of 60 KiB counts more than once: it is there encoded, as objects, and in the status."""
    assert remembered(requests.large(steady, 60)).by_xr.currsize > counted + 3 * 60 * 1024


def test_each_object_counts(steady: Request, counted: float) -> None:
    """An app with twenty objects more takes more memory, though its spec is small."""
    assert remembered(busy(steady)).by_xr.currsize > counted + 20 * 1024


def test_no_plan_keeps_its_manifests(steady: Request) -> None:
    """They are remembered compressed. A reporter that refers to one, or to the App, would keep it whole."""
    [[call]] = (calls.values() for calls in remembered(busy(steady)).by_xr.values())
    assert call.reply.planned
    kept, left = list[object](), [call.reply.planned.plan, call.readings]
    seen = set[int]()
    while left:
        each = left.pop()
        if id(each) not in seen and not isinstance(each, type | ModuleType):
            seen.add(id(each))
            kept.append(each)
            # All functions refer to their module, and so to everything.
            left += each.__closure__ or () if isinstance(each, FunctionType) else gc.get_referents(each)
    assert any(isinstance(each, Expected) for each in kept)
    assert [each for each in kept if isinstance(each, App | Spec)] == []
    # A note of what was read in the XR may have its kind.
    assert {each["kind"] for each in kept if isinstance(each, dict) and "kind" in each} <= {"XNodeApp"}


def test_the_app_that_was_asked_about_first_is_forgotten(
    steady: Request, counted: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is room for two apps, a third takes the place of the one that is longest ago."""
    monkeypatch.setattr(fn, "MEMORY", int(2.9 * counted))
    runner, asked = FunctionRunner(), [requests.named(steady, name) for name in ("one", "two", "three")]

    for request in (asked[0], asked[1], asked[0], asked[2]):
        ask(runner, request)

    assert list(runner.replies.by_xr) == [("one", b""), ("three", b"")]


def test_an_app_that_is_larger_than_the_memory_is_answered(
    steady: Request, counted: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It isn't remembered, and the others stay."""
    monkeypatch.setattr(fn, "MEMORY", 2 * int(counted))
    runner = FunctionRunner()
    ask(runner, steady)

    response = ask(runner, requests.named(requests.large(steady, 60), "large"))

    assert response.desired.resources
    assert len(runner.replies.by_xr) == 1


def test_an_edit_encodes_only_what_it_changes(steady: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another image of the backend makes another Deployment, and the answer is that of one who forgets."""
    runner, edited = FunctionRunner(), requests.edited(steady, 1)
    ask(runner, steady)
    kinds: list[str] = []

    def noted(manifest: Manifest) -> Struct:
        kinds.append(manifest["kind"])
        return struct(manifest)

    monkeypatch.setattr(encoded, "struct", noted)

    answer = ask(runner, edited)

    assert kinds == ["Deployment"]
    assert answer == ask(FunctionRunner(memo=False), edited)
