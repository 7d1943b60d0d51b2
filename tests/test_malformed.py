"""Malformed requests get a sentence, and lose nothing."""

import grpc
import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.edge.fn import FunctionRunner
from function.edge.wire import MalformedError
from tests.damage import Damage, apply_damage
from tests.malformed.edits import accepted, answer, with_env
from tests.malformed.encoding import encoded
from tests.malformed.run import run
from tests.request_strategies import moments
from tests.serving import METHOD, SOON, served


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
