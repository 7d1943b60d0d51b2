"""Judge the server's answer to a malformed request."""

from collections import Counter
from dataclasses import dataclass, field

import grpc
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf.message import DecodeError
from google.protobuf.struct_pb2 import Struct

from function.edge.structs import check_encoding
from function.edge.wire import Request
from tests.malformed.mutation import Malformed
from tests.serving import METHOD, SOON

CLUSTER = "database-cluster"


@dataclass(slots=True)
class Tally:
    """The answers so far."""

    answers: Counter[str] = field(default_factory=Counter)
    """How many there are of each kind."""
    faults: list[str] = field(default_factory=list)
    """Answers that no request may get, each with the request."""

    def lines(self) -> list[str]:
        """The figures, one a line."""
        counts = [f"{count:>8} {kind}" for kind, count in sorted(self.answers.items())]
        return [*counts, f"{len(self.faults):>8} answers that no request may get", *self.faults[:20]]


def send(channel: grpc.Channel, request: Malformed, tally: Tally) -> None:
    """Send a request, and count its answer."""
    call = channel.unary_unary(METHOD, request_serializer=bytes, response_deserializer=bytes)
    try:
        kind, fault = of_answer(request.data, call(request.data, timeout=SOON))
    except grpc.RpcError as error:
        kind, fault = of_error(request.data, error)
    tally.answers[kind] += 1
    if fault:
        tally.faults.append(f"{fault}: {request.moment}, {request.what}")


def of_error(data: bytes, error: grpc.RpcError) -> tuple[str, str]:
    """Kind and fault of an error. Only what isn't a request may have one, and it says so in a sentence."""
    code = error.code().name
    if code != "INVALID_ARGUMENT" or not error.details():
        return code, f"error {code} {error.details()}"
    return "INVALID_ARGUMENT", "a readable request is called malformed" if shallow(data) else ""


def of_answer(data: bytes, answer: bytes) -> tuple[str, str]:
    """Kind and fault of an answer: FATAL with a sentence, or complete with a reason for what is refused."""
    response = fnv1.RunFunctionResponse.FromString(answer)
    fatal = [result.message for result in response.results if result.severity == fnv1.SEVERITY_FATAL]
    refused = [c for c in response.conditions if c.status == fnv1.STATUS_CONDITION_FALSE]
    if not all([*fatal, *(condition.message for condition in refused)]):
        return "answer without a sentence", "no sentence"
    if fatal:
        return "FATAL", "objects beside FATAL" if response.desired.resources else ""
    if not response.conditions:
        return "answer without a condition", "no condition"
    if is_cluster(data) and CLUSTER not in response.desired.resources:
        return "Cluster dropped", "an observed Cluster isn't desired"
    accepted = all(condition.type != "Accepted" for condition in refused)
    return "accepted" if accepted else "refused", ""


def shallow(data: bytes) -> bool:
    """Whether bytes are a request in full, whose objects protobuf decodes."""
    try:
        fnv1.RunFunctionRequest.FromString(data)
    except DecodeError:
        return False
    return True


def is_cluster(data: bytes) -> bool:
    """Whether a request observes a Cluster that nobody deletes."""
    encoded = Request.FromString(data).observed.resources
    if CLUSTER not in encoded:
        return False
    resource = encoded[CLUSTER].resource
    try:
        check_encoding(resource)
        metadata = Struct.FromString(resource).fields["metadata"].struct_value
    except DecodeError:
        return True
    return "deletionTimestamp" not in metadata.fields
