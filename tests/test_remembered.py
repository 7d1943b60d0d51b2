"""What is remembered of an app, and for how many apps."""

import pytest
from crossplane.function.proto.v1.run_function_pb2 import RunFunctionRequest as Request
from crossplane.function.proto.v1.run_function_pb2 import RunFunctionResponse as Response
from google.protobuf.struct_pb2 import Struct

from benchmarks import requests
from function.edge import encoded, fn
from function.edge.fn import FunctionRunner
from function.edge.remembered import OF_CALL, OF_PLAN
from function.edge.structs import struct
from function.place import Manifest

LEAST = OF_PLAN + OF_CALL


@pytest.fixture
def steady() -> Request:
    """The recorded app."""
    return requests.load(requests.STEADY)


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


def test_a_large_spec_counts_as_such(steady: Request) -> None:
    """A spec of 60 KiB counts more than once: it is there encoded, as objects, and in the status."""
    runner = FunctionRunner()

    ask(runner, requests.large(steady, 60))

    assert runner.replies.by_xr.currsize > LEAST + 3 * 60 * 1024


def test_the_app_that_was_asked_about_first_is_forgotten(
    steady: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is room for two apps, a third takes the place of the one that is longest ago."""
    monkeypatch.setattr(fn, "MEMORY", int(2.9 * LEAST))
    runner, asked = FunctionRunner(), [requests.named(steady, name) for name in ("one", "two", "three")]

    for request in (asked[0], asked[1], asked[0], asked[2]):
        ask(runner, request)

    assert list(runner.replies.by_xr) == [("one", b""), ("three", b"")]


def test_an_app_that_is_larger_than_the_memory_is_answered(
    steady: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It isn't remembered, and the others stay."""
    monkeypatch.setattr(fn, "MEMORY", 2 * LEAST)
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


def test_each_of_the_two_calls_of_a_reconcile_is_remembered(
    steady: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Crossplane calls without the lookups that the function asks for, and then with them."""
    runner, looked_up = FunctionRunner(), Request()
    looked_up.CopyFrom(steady)
    looked_up.required_resources["kubernetes"].SetInParent()
    for request in (steady, looked_up):
        ask(runner, request)
    monkeypatch.setattr(runner, "reply", None)

    for request in (steady, looked_up, steady, looked_up):
        assert ask(runner, request).desired.resources


def test_calls_of_a_former_plan_are_forgotten(steady: Request) -> None:
    """After an edit, what was said before it isn't kept beside."""
    runner, looked_up = FunctionRunner(), requests.edited(steady, 1)
    looked_up.required_resources["kubernetes"].SetInParent()
    ask(runner, steady)
    ask(runner, looked_up)

    [calls] = runner.replies.by_xr.values()
    assert [names for names in calls if "kubernetes" not in names] == []
