"""The memo: never the response of another app, never an outdated one."""

import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from crossplane.function.proto.v1.run_function_pb2 import RunFunctionRequest as Request

from benchmarks import requests
from function import ready
from function.edge.fn import FunctionRunner
from tests.remembering import answer, fresh, knowing, metadata, status
from tests.simulated.struct_codec import manifest


@pytest.fixture
def runner() -> FunctionRunner:
    """One that has answered about the recorded app."""
    return knowing()


@pytest.fixture
def steady() -> Request:
    """The recorded app, as it was when it was answered about."""
    return requests.load(requests.STEADY)


def test_what_has_not_changed_is_answered_as_before(runner: FunctionRunner, steady: Request) -> None:
    """An answer that is given again is the one that would be made, with the tag of its own request."""
    steady.meta.tag = "another"

    again = answer(runner, steady)

    assert again == fresh(steady)
    assert again.meta.tag == "another"


def test_nothing_is_planned_or_reported_anew(
    runner: FunctionRunner, steady: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While no object has another version, nothing but versions is read."""
    monkeypatch.setattr(runner, "reply", None)

    assert answer(runner, steady).desired.resources


def test_only_what_has_another_version_is_judged_anew(
    runner: FunctionRunner, steady: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change of one object, the others aren't looked at."""
    judged = []
    monkeypatch.setattr(ready, "why", lambda _, expected: judged.append(expected.kind))
    metadata(steady.observed.resources["backend-deployment"].resource).update({"resourceVersion": "later"})

    answer(runner, steady)

    assert judged == ["Deployment"]


def test_another_version_is_another_object(runner: FunctionRunner, steady: Request) -> None:
    """A change of an object shows."""
    deployment = steady.observed.resources["backend-deployment"].resource
    metadata(deployment).update({"resourceVersion": "later"})
    deployment.update({"status": {}})

    now = answer(runner, steady)

    assert now == fresh(steady)
    assert now.desired.resources["backend-deployment"].ready == fnv1.READY_FALSE


def test_an_object_that_went_is_missed(runner: FunctionRunner, steady: Request) -> None:
    """So is one that nobody changed, but that isn't there any more, or isn't found any more."""
    del steady.observed.resources["backend-deployment"]
    assert answer(runner, steady) == fresh(steady)

    del steady.required_resources["platform"].items[:]
    assert answer(runner, steady) == fresh(steady)


def test_a_lookup_that_found_nothing_is_an_answer(runner: FunctionRunner, steady: Request) -> None:
    """Between asking for an object and hearing that there is none, nothing has another version."""
    del steady.observed.resources["database-cluster"]
    unanswered = answer(runner, steady)
    steady.required_resources["database-cluster"].SetInParent()

    now = answer(runner, steady)

    assert now == fresh(steady)
    assert now != unanswered


def test_objects_without_a_version_are_looked_at_each_time(steady: Request) -> None:
    """As in a rendering: files have no resourceVersion, and may change between two calls."""
    runner = FunctionRunner()
    deployment = steady.observed.resources["backend-deployment"].resource
    del metadata(deployment).fields["resourceVersion"]
    ready = answer(runner, steady)
    deployment.update({"status": {}})

    now = answer(runner, steady)

    assert now == fresh(steady)
    assert now != ready


def test_what_earlier_steps_desire_goes_on(runner: FunctionRunner, steady: Request) -> None:
    """Their objects and their part of the status are in an answer that is given again, as they are now."""
    for size in ("small", "large"):
        steady.desired.resources["cache"].resource.update({"kind": "Cache", "spec": {"size": size}})
        steady.desired.composite.resource.update({"status": {"cache": size}})

        now = answer(runner, steady)

        assert manifest(now.desired.resources["cache"].resource)["spec"] == {"size": size}
        assert status(now)["cache"] == size
        assert now == fresh(steady)


def test_what_an_earlier_step_desires_under_our_key_is_replaced(
    runner: FunctionRunner, steady: Request
) -> None:
    """Nothing of it is left in the answer: neither its fields nor its readiness."""
    service = steady.desired.resources["backend-service"]
    service.resource.update({"kind": "Cache", "spec": {"size": "small"}})
    service.ready = fnv1.READY_FALSE

    now = answer(runner, steady).desired.resources["backend-service"]

    assert now == answer(runner, requests.load(requests.STEADY)).desired.resources["backend-service"]
    assert manifest(now.resource)["kind"] == "Service"
    assert now.ready == fnv1.READY_TRUE


def test_a_step_with_an_input_of_its_own_is_answered_by_it(runner: FunctionRunner, steady: Request) -> None:
    """The same app, asked about by another step of the Composition."""
    steady.input.update({"spec": {"labels": {"cost-center": "42"}}})

    now = answer(runner, steady)

    assert now == fresh(steady)
    assert "cost-center" in str(now.desired.resources["backend-deployment"])


def test_apps_do_not_meet(runner: FunctionRunner, steady: Request) -> None:
    """Each of two apps gets its own answer, in any order and again."""
    other = requests.named(steady, "other")

    for asked in (other, steady, other, steady):
        assert answer(runner, asked) == fresh(asked)
