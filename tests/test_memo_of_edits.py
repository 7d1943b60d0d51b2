"""The memo, while an app changes: what is remembered of a former plan is never said of the next one."""

import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from crossplane.function.proto.v1.run_function_pb2 import RunFunctionRequest as Request

from benchmarks import requests
from function.edge.fn import FunctionRunner
from function.read import at
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


def test_an_object_that_becomes_ready_again_shows(runner: FunctionRunner, steady: Request) -> None:
    """An object that was ready, isn't, and then is, while the plan stays the same."""
    deployment = steady.observed.resources["frontend-deployment"].resource
    before = manifest(deployment)["status"]
    marks = []
    for version, now in (("1", {}), ("2", before)):
        metadata(deployment).update({"resourceVersion": version})
        deployment.update({"status": now})

        answered = answer(runner, steady)

        assert answered == fresh(steady)
        marks.append(answered.desired.resources["frontend-deployment"].ready)
    assert marks == [fnv1.READY_FALSE, fnv1.READY_TRUE]


def test_an_edited_object_is_not_ready_before_it_is_updated(runner: FunctionRunner, steady: Request) -> None:
    """Right after a commit the observed object is the old one, with its old version. The others stay."""
    edited = requests.edited(steady, 5)

    now = answer(runner, edited)

    assert now == fresh(edited)
    marks = {key: now.desired.resources[key].ready for key in ("backend-deployment", "frontend-deployment")}
    assert marks == {"backend-deployment": fnv1.READY_FALSE, "frontend-deployment": fnv1.READY_TRUE}


def test_an_edit_is_never_overlooked(runner: FunctionRunner, steady: Request) -> None:
    """So does one of the composite."""
    xr = steady.observed.composite.resource
    metadata(xr).update({"resourceVersion": "later"})
    xr.fields["spec"].struct_value.update({"team": "another-team"})

    now = answer(runner, steady)

    assert now == fresh(steady)
    assert "another-team" in str(now.desired.resources["backend-deployment"])


def test_what_another_plan_reports_is_never_overlooked(runner: FunctionRunner, steady: Request) -> None:
    """After each of two edits the Cluster isn't updated yet, but another size is in force."""
    xr, sizes = steady.observed.composite.resource, []
    for size in ("30Gi", "40Gi"):
        metadata(xr).update({"resourceVersion": size})
        xr.fields["spec"].struct_value.fields["database"].struct_value.update({"storage": size})

        now = answer(runner, steady)

        assert now == fresh(steady)
        sizes.append(at(status(now), "database", "storage"))
    assert sizes == ["30Gi", "40Gi"]


def test_a_second_edit_is_accepted_though_all_else_is_said_again(
    runner: FunctionRunner, steady: Request
) -> None:
    """After each of two edits the Deployment isn't updated yet: only the accepted spec is another."""
    for number in (5, 6):
        edited = requests.edited(steady, number)

        now = answer(runner, edited)

        assert now == fresh(edited)
        assert str(at(status(now), "accepted", "backend", "image")).endswith(f".{number}")


def test_a_changed_platform_is_never_overlooked(runner: FunctionRunner, steady: Request) -> None:
    """The Platform's version counts as those of the app's own objects do."""
    platform = steady.required_resources["platform"].items[0].resource
    metadata(platform).update({"resourceVersion": "later"})
    platform.update({"spec": {"labels": {"cost-center": "42"}}})

    now = answer(runner, steady)

    assert now == fresh(steady)
    assert "cost-center" in str(now.desired.resources["backend-deployment"])
