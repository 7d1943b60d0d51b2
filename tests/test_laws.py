"""What is true of every app, whatever people write, do and break."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from hypothesis import given, settings
from hypothesis import strategies as st

from function.api.fields import LABEL, LABEL_VALUE
from function.edge.fn import FunctionRunner
from tests.machine.status_invariants import GATES
from tests.platform_strategies import accepted_specs
from tests.request_strategies import Case, broken_requests, requests, turned
from tests.simulated.composition_pipeline import call, fatal
from tests.simulated.server_side_apply import Manifest
from tests.simulated.struct_codec import manifest as decoded
from tests.simulator import World
from tests.status_schema import status_errors

MANY = settings(max_examples=4 * settings().max_examples)
"""For laws that are quick to try."""
LONGEST_NAME = "n" * 40
"""The longest name that an app may have."""


def ask(request: fnv1.RunFunctionRequest, *, memo: bool = True) -> fnv1.RunFunctionResponse:
    """One call of a function that knows nothing yet."""
    return call(FunctionRunner(memo=memo), request)


def data(message: fnv1.RunFunctionResponse) -> bytes:
    """A response as bytes that are equal where it is equal."""
    return message.SerializeToString(deterministic=True)


def manifests(response: fnv1.RunFunctionResponse) -> dict[str, Manifest]:
    """The desired objects."""
    return {key: decoded(r.resource) for key, r in response.desired.resources.items()}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in a tree, with its path."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}.{index}")
    else:
        yield path, value


@MANY
@given(broken_requests())
def test_no_request_raises(case: Case) -> None:
    """Whatever is observed, found, asked or on record, there is an answer."""
    ask(case.build())


@MANY
@given(broken_requests())
def test_every_answer_is_fatal_or_complete(case: Case) -> None:
    """A FATAL answer desires nothing and says why; any other says of everything whether it is ready."""
    response = ask(case.build())
    if (message := fatal(response)) is not None:
        [condition] = response.conditions
        assert (condition.type, condition.status) == ("Accepted", fnv1.STATUS_CONDITION_FALSE)
        assert condition.message == message != ""
        assert not response.desired.resources
        assert not response.desired.composite.resource.fields
    else:
        assert response.desired.composite.ready != fnv1.READY_UNSPECIFIED
        assert all(r.ready != fnv1.READY_UNSPECIFIED for r in response.desired.resources.values())
        message = decoded(response.desired.composite.resource)["status"]["message"]
        bad = [c for c in response.conditions if c.status != fnv1.STATUS_CONDITION_TRUE]
        unready = [r for r in response.desired.resources.values() if r.ready == fnv1.READY_FALSE]
        assert bool(message) == bool(bad or unready)
        blocking = [c for c in bad if c.type in GATES]
        ready = response.desired.composite.ready == fnv1.READY_TRUE
        assert ready == (not blocking and not unready)


@MANY
@given(broken_requests() | requests())
def test_every_status_fits_its_schema(case: Case) -> None:
    """The status schema has every field that a status has, with its type, whatever is observed."""
    assert status_errors(ask(case.build())) == []


@MANY
@given(broken_requests())
def test_same_request_same_bytes(case: Case) -> None:
    """An answer depends on what is asked alone: not on the process, nor on the order of a map."""
    assert data(ask(case.build())) == data(ask(turned(case.parts()).build()))


@MANY
@given(requests())
def test_good_spec_is_accepted(case: Case) -> None:
    """A spec within bounds is composed, and everything is desired at once."""
    response = ask(case.build())
    assert fatal(response) is None
    [accepted] = [c for c in response.conditions if c.type == "Accepted"]
    assert accepted.status == fnv1.STATUS_CONDITION_TRUE, accepted.message
    assert response.desired.resources


@MANY
@given(accepted_specs(), st.sampled_from(["dash", LONGEST_NAME]))
def test_names_are_names(accepted: tuple[Any, Any], name: str) -> None:
    """Every name is a DNS label of at most 63 characters, and every label's value is one.

    An ExternalSecret has the name of a Secret that the NodeApp gives, which may have dots.
    """
    for key, manifest in manifests(World(*accepted, name=name).reconcile().response).items():
        metadata = manifest["metadata"]
        if manifest["kind"] == "ExternalSecret":
            assert re.fullmatch(rf"{LABEL}(\.{LABEL})*", metadata["name"]), key
            assert metadata["namespace"] == "shop"
        elif manifest["kind"] != "ClusterUsage":
            label = re.fullmatch(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?", metadata["name"])
            assert label, f"{key}: no DNS label, or longer than 63: {metadata['name']}; shorten its suffix"
            assert metadata["namespace"] == "shop"
        for path, value in leaves(manifest):
            if ".labels." in path or ".matchLabels." in path:
                fits = re.fullmatch(LABEL_VALUE, value) and len(value) <= 63
                assert fits, f"{key}: no label's value, or longer than 63: {path} {value}; shorten it"


@MANY
@given(requests())
def test_no_value_is_a_slip(case: Case) -> None:
    """No null is applied, which would own its field; no number is a fraction or none at all."""
    for manifest in manifests(ask(case.build())).values():
        for path, value in leaves(manifest):
            assert value is not None, path
            assert not isinstance(value, float), path


@MANY
@given(requests())
def test_every_service_selects_one_workload(case: Case) -> None:
    """A Service reaches the pods of one Deployment: no other pods carry its selector's labels."""
    desired = manifests(ask(case.build()))
    pods = {
        key: m["spec"]["template"]["metadata"]["labels"]
        for key, m in desired.items()
        if m["kind"] == "Deployment"
    } | {
        key: m["spec"]["inheritedMetadata"]["labels"] for key, m in desired.items() if m["kind"] == "Cluster"
    }
    for key, service in desired.items():
        if service["kind"] == "Service":
            wanted = service["spec"]["selector"].items()
            chosen = [pod for pod, labels in pods.items() if wanted <= labels.items()]
            role = key.removesuffix("-service")
            assert chosen == [f"{role}-deployment"] * (f"{role}-deployment" in desired)


@MANY
@given(broken_requests(), st.booleans())
def test_earlier_steps_pass_untouched(case: Case, ready: bool) -> None:  # noqa: FBT001
    """What earlier steps of the pipeline desire, and the context, go on as they came."""
    request = case.build()
    other = request.desired.resources["other-step"]
    other.resource.update({"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "b"}})
    other.ready = fnv1.READY_TRUE if ready else fnv1.READY_UNSPECIFIED
    request.context.update({"other.dev/key": [1, {"a": None}]})
    response = ask(request)
    assert response.desired.resources["other-step"] == other
    assert response.context == request.context
    if fatal(response) is not None:
        assert response.desired == request.desired
