"""Edits of a running app and its Platform that no object can carry, and the function's answers in process."""

from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.edge.fn import FunctionRunner
from tests.malformed.encoding import encoded
from tests.request_strategies import Parts, moments
from tests.simulated.struct_codec import manifest as decoded


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
