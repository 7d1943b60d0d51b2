"""The app is Ready when all is that the pipeline desires: not our own objects alone."""

import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.edge.fn import FunctionRunner
from tests.simulated.struct_codec import manifest
from tests.simulator import World


def answer(runner: FunctionRunner, request: fnv1.RunFunctionRequest) -> fnv1.RunFunctionResponse:
    """The response to a request."""
    return fnv1.RunFunctionResponse.FromString(runner.run(request.SerializeToString()))


@pytest.fixture
def request_() -> fnv1.RunFunctionRequest:
    """A call for an app at rest, in which an earlier step desires a bucket."""
    steady = World().settle().reconcile().calls[-1].request
    steady.desired.resources["bucket"].resource.update({"apiVersion": "v1", "kind": "Bucket"})
    return steady


@pytest.mark.parametrize("mark", [fnv1.READY_FALSE, fnv1.READY_UNSPECIFIED])
def test_object_of_an_earlier_step_holds_back_ready(
    request_: fnv1.RunFunctionRequest, mark: fnv1.Ready
) -> None:
    """Readiness is stated, so Crossplane would count none of the others. Without a mark one isn't ready."""
    request_.desired.resources["bucket"].ready = mark
    response = answer(FunctionRunner(), request_)
    assert response.desired.composite.ready == fnv1.READY_FALSE
    status = manifest(response.desired.composite.resource)["status"]
    assert status["message"] == "bucket: no earlier step of the pipeline marks it as ready"
    assert status["ready"] is False
    assert response.desired.resources["bucket"].ready == mark


def test_object_of_an_earlier_step_that_is_ready_holds_back_nothing(
    request_: fnv1.RunFunctionRequest,
) -> None:
    """All of it is ready, and that is seen although no object of the app changed."""
    runner = FunctionRunner()
    assert answer(runner, request_).desired.composite.ready == fnv1.READY_FALSE
    request_.desired.resources["bucket"].ready = fnv1.READY_TRUE
    assert answer(runner, request_).desired.composite.ready == fnv1.READY_TRUE


def test_earlier_step_may_say_that_the_app_is_not_ready(request_: fnv1.RunFunctionRequest) -> None:
    """Its word isn't overwritten."""
    request_.desired.resources["bucket"].ready = fnv1.READY_TRUE
    request_.desired.composite.ready = fnv1.READY_FALSE
    response = answer(FunctionRunner(), request_)
    assert response.desired.composite.ready == fnv1.READY_FALSE
    message = manifest(response.desired.composite.resource)["status"]["message"]
    assert message == "an earlier step of the pipeline says that the app isn't ready"


def test_own_objects_are_judged_by_what_is_observed(request_: fnv1.RunFunctionRequest) -> None:
    """An earlier step that desires an object under one of our keys doesn't decide about it."""
    del request_.desired.resources["bucket"]
    request_.desired.resources["backend-service"].ready = fnv1.READY_FALSE
    response = answer(FunctionRunner(), request_)
    assert response.desired.composite.ready == fnv1.READY_TRUE
    assert response.desired.resources["backend-service"].ready == fnv1.READY_TRUE
