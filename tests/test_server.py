"""The server over loopback: what it takes, what it refuses, and that it goes on afterwards."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from tests.serving import BETA_METHOD, METHOD, SOON, Server, answered, app, image, message, served

MIB = 2**20

Call = Callable[[fnv1.RunFunctionRequest], fnv1.RunFunctionResponse]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for all tests that leave it as it was, which each of them must."""
    with served("--insecure") as running:
        yield running


@pytest.fixture
def channel(server: Server) -> Iterator[grpc.Channel]:
    """A connection to it."""
    with grpc.insecure_channel(server.address) as connection:
        yield connection


@pytest.fixture
def call(channel: grpc.Channel) -> Call:
    """One request to it, and its answer."""
    return lambda asked: answered(channel, asked)


def serves(call: Call) -> bool:
    """Whether a good request gets its answer."""
    return image(call(app())) == "ghcr.io/acme/dashboard:1"


def test_a_request_is_answered(call: Call) -> None:
    """Over the wire an app gets its objects."""
    assert serves(call)


def test_the_older_service_answers_alike(channel: grpc.Channel, call: Call) -> None:
    """Crossplane before 2 speaks v1beta1, and gets the same answer."""
    assert answered(channel, app(), BETA_METHOD) == call(app())


def test_malformed_bytes_are_an_error_and_no_more(channel: grpc.Channel, call: Call) -> None:
    """What isn't a message gets an error status; the next request is served."""
    raw = channel.unary_unary(METHOD, request_serializer=bytes, response_deserializer=bytes)

    with pytest.raises(grpc.RpcError) as error:
        raw(b"\xff\xff\xff\xff", timeout=SOON)

    assert error.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert serves(call)


@pytest.mark.parametrize(
    ("xr", "reason"),
    [
        pytest.param({}, "WrongKind", id="nothing"),
        pytest.param({"apiVersion": "v1", "kind": "Pod"}, "WrongKind", id="another-kind"),
        pytest.param(
            {"apiVersion": "platform.io/v1", "kind": "XNodeApp", "metadata": {"name": "shop"}},
            "NoNamespace",
            id="no-namespace",
        ),
    ],
)
def test_what_it_cannot_compose_is_fatal(call: Call, xr: dict[str, Any], reason: str) -> None:
    """An XR that isn't an app's is refused with a message, and nothing is desired."""
    answer = call(message({"observed": {"composite": {"resource": xr}}}))

    assert [result.severity for result in answer.results] == [fnv1.SEVERITY_FATAL]
    assert [condition.reason for condition in answer.conditions] == [reason]
    assert not answer.desired.resources
    assert serves(call)


def test_an_empty_request_is_fatal(call: Call) -> None:
    """An empty request is refused with a message."""
    answer = call(fnv1.RunFunctionRequest())

    assert [result.severity for result in answer.results] == [fnv1.SEVERITY_FATAL]


def test_much_observed_state_is_served(call: Call) -> None:
    """5 MiB is more than gRPC takes by default, and less than an app may come to."""
    assert image(call(app(filling=5 * MIB))) == "ghcr.io/acme/dashboard:1"


def test_too_much_is_refused_and_no_more(call: Call) -> None:
    """Above the limit there is an error status; the next request is served."""
    with pytest.raises(grpc.RpcError) as error:
        call(app(filling=17 * MIB))

    assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert serves(call)


def test_apps_at_once_get_their_own_answers(call: Call) -> None:
    """However many ask at once, none gets another's answer."""
    names = [f"app-{number}" for number in range(50)]

    with ThreadPoolExecutor(len(names)) as pool:
        answers = list(pool.map(call, map(app, names)))

    assert [image(answer) for answer in answers] == [f"ghcr.io/acme/{name}:1" for name in names]
