"""Ask a function that is served elsewhere. It is apart, as gRPC is slow to import."""

from functools import cache

import grpc

from function.edge.asked import Run

METHOD = "/apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction"
PATIENCE = 30
"""Seconds that an answer may take. It takes milliseconds, unless nobody is there."""
SIZE = 64 * 2**20
"""Bytes that a message may have. Who serves it may allow less."""


class UnansweredError(Exception):
    """A served function doesn't answer. The message is a sentence."""


class FailedError(Exception):
    """A served function fails for one app. The message is its own."""


@cache
def served(address: str) -> Run:
    """The function that is served at an address, without TLS. It raises UnansweredError and FailedError."""
    limits = [(f"grpc.max_{way}_message_length", SIZE) for way in ("send", "receive")]
    channel = grpc.insecure_channel(address, options=limits)
    call = channel.unary_unary(METHOD, request_serializer=None, response_deserializer=None)

    def run(data: bytes) -> bytes:
        try:
            response: bytes = call(data, timeout=PATIENCE)
        except grpc.RpcError as error:
            said = " ".join((error.details() or error.code().name).split())
            gone = error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
            raise (UnansweredError if gone else FailedError)(said) from error
        return response

    return run
