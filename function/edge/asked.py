"""Ask a function as Crossplane does, but with plain dicts."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

from function.edge import wire
from function.edge.fn import FunctionRunner
from function.edge.structs import View, fill
from function.read import plain

Run = Callable[[bytes], bytes]
OBJECTS = 256
"""Objects that are kept decoded: from one call about an app to the next, most are the same."""


class Answer:
    """A response. It is read as plain dicts in protobuf's JSON mapping, with whole numbers as ints."""

    def __init__(self, data: bytes) -> None:
        """Take an encoded response."""
        self.message = wire.Response.FromString(data)

    def requirements(self) -> dict[str, Any]:
        """The objects that the function asks for, by name."""
        read: dict[str, Any] = json_format.MessageToDict(self.message.requirements)
        resources: dict[str, Any] = read.get("resources", {})
        return resources

    def read(self) -> dict[str, Any]:
        """All of it. What is read must not be changed: equal objects of several answers are one."""
        state = self.message.desired
        objects = {key: to_map(each.resource) for key, each in state.resources.items()}
        composite = to_map(state.composite.resource)
        # json_format would print bytes of objects that are left encoded.
        for each in (state.composite, *state.resources.values()):
            each.ClearField("resource")
        message: dict[str, Any] = plain(json_format.MessageToDict(self.message))
        for key, value in objects.items():
            message["desired"]["resources"][key]["resource"] = value
        if composite:
            message["desired"]["composite"]["resource"] = composite
        return message


def ask(run: Run, request: Mapping[str, Any]) -> Answer:
    """A RunFunction call through the wire format. The request is in protobuf's JSON mapping."""
    return Answer(run(encoded(request)))


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """What the function in this process answers to a request."""
    return ask(own(), request).read()


def encoded(request: Mapping[str, Any]) -> bytes:
    """A request. Most of it are composed objects, without nulls: json_format would take thrice as long."""
    observed = request.get("observed", {})
    state = {key: value for key, value in observed.items() if key != "resources"}
    message = json_format.ParseDict({**request, "observed": state}, fnv1.RunFunctionRequest())
    for key, each in observed.get("resources", {}).items():
        fill(message.observed.resources[key].resource, each["resource"])
    return message.SerializeToString()


@lru_cache(OBJECTS)
def to_map(data: bytes) -> dict[str, Any]:
    """An encoded Struct as a sorted dict, without nulls."""
    read: dict[str, Any] = plain(eager(View(data)))
    return read


def eager(value: Any) -> Any:
    """A lazy value with all below it."""
    if isinstance(value, View):
        return {key: eager(value[key]) for key in value}
    return [eager(each) for each in value] if isinstance(value, list) else value


@cache
def own() -> Run:
    """The function in this process."""
    return FunctionRunner().run
