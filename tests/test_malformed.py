"""Malformed requests get a sentence, and lose nothing."""

import json
from typing import Any

import grpc
import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.api.json_values import DEEPEST
from function.edge.fn import FunctionRunner
from function.edge.wire import MalformedError
from tests.console import Console
from tests.damage import Damage, apply_damage
from tests.malformed.encoding import encoded
from tests.malformed.run import run
from tests.request_strategies import Parts, moments
from tests.serving import METHOD, SOON, served
from tests.simulated.struct_codec import manifest as decoded

SEPARATOR = "\n"
UNTIL_FIXED = "nothing is changed until the platform team fixes it"


def nested(levels: int) -> Any:
    """Maps in maps."""
    value: Any = "x"
    for _ in range(levels):
        value = {"a": value}
    return value


def answer(parts: Parts) -> fnv1.RunFunctionResponse:
    """The function's answer to a request, in process."""
    return fnv1.RunFunctionResponse.FromString(FunctionRunner().run(encoded(parts)))


def accepted(response: fnv1.RunFunctionResponse) -> Any:
    """The condition Accepted of an answer."""
    return next(condition for condition in response.conditions if condition.type == "Accepted")


def status(response: fnv1.RunFunctionResponse) -> Any:
    """The status that an answer writes."""
    return decoded(response.desired.composite.resource)["status"]


def with_env(value: Any) -> Parts:
    """The request of an ordinary app, whose backend's environment is edited."""
    parts = moments()["ordinary"]
    spec = parts.xr["spec"]
    return parts._replace(xr=parts.xr | {"spec": spec | {"backend": spec["backend"] | {"env": value}}})


def with_wal(value: Any) -> Parts:
    """The request of an ordinary app, under a Platform with this configuration of WAL."""
    parts = moments()["ordinary"]
    (platform,) = parts.required["platform"]
    store = {"destinationPath": "s3://backups/", "wal": value}
    spec = platform["spec"] | {"database": {"objectStore": store}}
    return parts._replace(required=parts.required | {"platform": [platform | {"spec": spec}]})


def test_malformed_requests_get_a_sentence() -> None:
    """A malformed request gets a sentence, no error but INVALID_ARGUMENT, and drops no Cluster."""
    tally = run(requests=250, seed=2)
    assert tally.faults == []
    assert tally.answers.keys() == {"FATAL", "INVALID_ARGUMENT", "accepted", "refused"}


def test_bytes_that_are_no_request_are_an_invalid_argument() -> None:
    """Bytes that can't be read are the caller's mistake, and the status says so in a sentence."""
    with served("--insecure") as server, grpc.insecure_channel(server.address) as channel:
        call = channel.unary_unary(METHOD, request_serializer=bytes, response_deserializer=bytes)
        with pytest.raises(grpc.RpcError) as error:
            call(b"\xff\xff\xff\xff", timeout=SOON)
    assert error.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert error.value.details() == (
        "the request can't be read: it isn't a RunFunctionRequest of Crossplane, or an object in it is "
        "nested more than 25 levels deep"
    )


@pytest.mark.parametrize("text", [b"\xff", b"\xed\xa0\x80", b"\xc3"])
def test_text_that_is_no_unicode_is_an_invalid_argument(text: bytes) -> None:
    """Bytes that aren't UTF-8, half of a surrogate pair included, make no request."""
    data = encoded(with_env({"A": "~" * len(text)}))
    with pytest.raises(MalformedError):
        FunctionRunner().run(data.replace(b"~" * len(text), text))


@pytest.mark.parametrize("levels", [DEEPEST, 33, 34, 60, 300])
def test_spec_that_is_nested_too_deeply_is_refused(levels: int) -> None:
    """A spec with too many levels is refused in a sentence, while the accepted one stays in force."""
    response = answer(with_env(nested(levels)))
    assert accepted(response).message == (
        "spec: is nested more than 25 levels deep; the spec accepted before stays in force"
    )
    assert "database-cluster" in response.desired.resources
    assert "accepted" in status(response)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (float("nan"), "must be a number that JSON has: neither infinity nor NaN"),
        (float("inf"), "must be a number that JSON has: neither infinity nor NaN"),
        (2**53 + 2, "must be at most 9007199254740992, because Crossplane rounds larger numbers"),
        (1e300, "must be at most 9007199254740992, because Crossplane rounds larger numbers"),
    ],
)
def test_number_that_no_json_carries_is_refused(value: float, sentence: str) -> None:
    """A number that JSON doesn't have, or that loses digits, is refused in a sentence."""
    message = f"spec.backend.env.A: {sentence}; the spec accepted before stays in force"
    assert accepted(answer(with_env({"A": value}))).message == message


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("backend-deployment", ("status", "availableReplicas")),
        ("backend-deployment", ("status", "replicas")),
        ("database-cluster", ("status", "readyInstances")),
        ("database-cluster", ("status", "pgDataImageInfo", "majorVersion")),
    ],
)
def test_boolean_where_a_number_belongs_counts_as_none(key: str, path: tuple[str, ...]) -> None:
    """An observed object whose number is a boolean is read as if the number were missing."""
    parts = moments()["ordinary"]
    done = [Damage((key, *path), gone=False, instead=True)]
    response = answer(parts._replace(observed=apply_damage(parts.observed, done)))
    assert accepted(response).status == fnv1.STATUS_CONDITION_TRUE
    assert "database-cluster" in response.desired.resources


@pytest.mark.parametrize(
    "spec",
    [
        {"env": nested(30)},
        {"secrets": [None]},
        {"env": {"A": 2**60}},
        {"image": "https://a/b:1", "migrate": ["npm run x"], "resources": {"limits": {"memory": 1}}},
    ],
)
def test_check_says_what_the_function_says(spec: Any) -> None:
    """`nodeapp check` has the function's sentence for each mistake, so nothing is told later only."""
    nodeapp = {
        "apiVersion": "platform.io/v1",
        "kind": "NodeApp",
        "metadata": {"name": "dash", "namespace": "shop"},
        "spec": {"team": "web", "backend": spec},
    }
    *lines, _ = Console().run("check", "-", stdin=json.dumps(nodeapp)).stdout.splitlines()
    parts = moments()["new"]
    response = answer(parts._replace(xr=parts.xr | {"spec": nodeapp["spec"]}))
    said = accepted(response).message.replace("; spec", f"{SEPARATOR}spec")
    assert lines
    assert sorted(said.split(SEPARATOR)) == sorted(line.split(": ", 1)[1] for line in lines)


def test_only_what_json_has_is_repeated_in_the_status() -> None:
    """A refused spec is repeated in the status, unless that would make the status unreadable."""
    assert "refused" in status(answer(with_env({"A": 1e300})))
    assert "refused" not in status(answer(with_env({"A": float("nan")})))


def test_accepted_spec_that_is_nested_too_deeply_counts_as_none() -> None:
    """A status that nobody can read isn't taken for an accepted spec: a refused spec is then FATAL."""
    parts = with_env(nested(300))
    status = parts.xr["status"] | {"accepted": {"team": nested(300)}}
    response = answer(parts._replace(xr=parts.xr | {"status": status}))
    assert [result.message for result in response.results] == [
        "spec: is nested more than 25 levels deep; nothing is changed until it is fixed"
    ]
    assert not response.desired.resources


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"x": [None]}, "wal: x.0 is an empty list item; write a value or take it out"),
        ({"x": {"y": float("nan")}}, "wal: x.y must be a number that JSON has: neither infinity nor NaN"),
        ({"x": 2**60}, "wal: x must be at most 9007199254740992, because Crossplane rounds larger numbers"),
        (nested(DEEPEST), "wal: is nested more than 25 levels deep"),
    ],
)
def test_platform_that_cannot_be_carried_is_told(value: Any, sentence: str) -> None:
    """A Platform whose free-form parts hold what no object can is FATAL, in a sentence."""
    response = answer(with_wal(value))
    assert (accepted(response).reason, accepted(response).message) == (
        "InvalidPlatform",
        f"Platform default: spec.database.objectStore.{sentence}; {UNTIL_FIXED}",
    )


@pytest.mark.parametrize("levels", [60, 300])
def test_platform_that_cannot_be_decoded_is_told(levels: int) -> None:
    """A Platform that is nested too deeply to be decoded doesn't count as one without settings."""
    assert accepted(answer(with_wal(nested(levels)))).message == (
        f"Platform default: spec: is nested more than 25 levels deep; {UNTIL_FIXED}"
    )
