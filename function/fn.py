"""The gRPC edge: decode, plan, report, encode. With `view` the only module that knows protobuf."""

import asyncio
import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import grpc
from crossplane.function import resource, response
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from crossplane.function.proto.v1 import run_function_pb2_grpc as grpcv1
from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct

from function import compose, plan, status
from function.accept import ACCEPTED
from function.app import Condition, Event, Seen
from function.compose import prune
from function.identity import Fatal, identify
from function.names import PLATFORM
from function.plan import Plan, Question
from function.read import text
from function.spec import KEYS
from function.view import View, plain

TTL = datetime.timedelta(minutes=10)
"""After this Crossplane asks again, though nothing it watches has changed."""

SOON = datetime.timedelta(seconds=30)
"""The same where a change may have been missed. An app that is made or rolled out changes more often in a
few seconds than Crossplane follows: its circuit breaker then drops what it watches for five minutes."""

APPS = 4096
"""Plans that are remembered, about 12 KiB each."""


class FunctionRunner(grpcv1.FunctionRunnerServiceServicer):
    """Answers Crossplane's RunFunction calls. It keeps no state but the memo of its plans."""

    def __init__(self, *, memo: bool = True) -> None:
        """Plan each question once, or each time it is asked."""
        self.plan: Callable[[Question], tuple[bytes, Plan]] = lru_cache(maxsize=APPS)(make) if memo else make

    async def RunFunction(  # noqa: N802  # gRPC names it.
        self,
        request: fnv1.RunFunctionRequest,
        context: grpc.aio.ServicerContext[Any, Any] | None,  # noqa: ARG002  # The signature is gRPC's.
    ) -> fnv1.RunFunctionResponse:
        """Answer FATAL or completely: a partial desired state deletes things."""
        rsp = response.to(request, TTL)
        seen = Seen(
            xr=View(request.observed.composite.resource),
            objects={key: View(r.resource) for key, r in request.observed.resources.items()},
            found={
                name: [View(r.resource) for r in rs.items] for name, rs in request.required_resources.items()
            },
        )
        try:
            question = ask(request, seen)
            state, planned = self.plan(question)
        except Fatal as fatal:
            encode_condition(rsp, Condition(ACCEPTED, ok=False, reason=fatal.reason, message=str(fatal)))
            response.fatal(rsp, str(fatal))
            return rsp
        rsp.desired.MergeFromString(state)
        encode(rsp, planned, status.answer(planned, seen))
        encode_record(rsp, planned, question, seen)
        return rsp


def ask(request: fnv1.RunFunctionRequest, seen: Seen) -> Question:
    """The question a request asks: bytes and facts, nothing converted.

    Raises Fatal for an XR that isn't ours.
    """
    who = identify(seen.xr)
    xr, platforms = request.observed.composite.resource, seen.found.get(PLATFORM, ())
    return Question(
        who=who,
        spec=own(below(xr, "spec")),
        accepted=encoded(xr, "status", "accepted"),
        platform=(encoded(request.required_resources[PLATFORM].items[0].resource, "spec") or b"")
        if platforms
        else None,
        input=encoded(request.input, "spec"),
        platform_known=text(seen.xr, "status", "platform", "name") is not None,
        observed=bool(seen.objects),
        kept=compose.read(seen),
    )


def below(struct: Struct, *path: str) -> Struct | None:
    """The Struct at a path, or None. Indexing a message would add what is missing."""
    for key in path:
        if key not in struct.fields or struct.fields[key].WhichOneof("kind") != "struct_value":
            return None
        struct = struct.fields[key].struct_value
    return struct


def encoded(struct: Struct, *path: str) -> bytes | None:
    """The Struct at a path as bytes that are equal where it is equal, or None."""
    found = below(struct, *path)
    return None if found is None else found.SerializeToString(deterministic=True)


def own(spec: Struct | None) -> bytes:
    """The developer's part of a spec as bytes: Crossplane's own keys change without meaning anything."""
    fields = spec.fields if spec else {}
    return Struct(fields={key: fields[key] for key in KEYS if key in fields}).SerializeToString(
        deterministic=True
    )


def make(question: Question) -> tuple[bytes, Plan]:
    """The plan, and its objects encoded."""
    planned, manifests = plan.make(question, lambda data: plain(View(Struct.FromString(data))))
    state = fnv1.State()
    for key, manifest in manifests.items():
        resource.update(state.resources[key], manifest)
    return state.SerializeToString(deterministic=True), planned


def encode(rsp: fnv1.RunFunctionResponse, planned: Plan, answer: status.Answer) -> None:
    """Write what was found out to the response."""
    if not answer.settled:
        rsp.meta.ttl.FromTimedelta(SOON)
    for key, why in answer.why.items():
        rsp.desired.resources[key].ready = fnv1.READY_FALSE if why else fnv1.READY_TRUE
    rsp.desired.composite.ready = fnv1.READY_TRUE if answer.ready else fnv1.READY_FALSE
    # Not resource.update_status, which would drop what an earlier step of the pipeline put there.
    rsp.desired.composite.resource.get_or_create_struct("status").update(prune(dict(answer.status)))
    for said in answer.conditions:
        encode_condition(rsp, said)
    for event in answer.events:
        encode_event(rsp, event)
    for name, want in planned.lookups.items():
        response.require_resources(
            rsp, name, want.api_version, want.kind, match_name=want.name, namespace=want.namespace
        )


def encode_record(rsp: fnv1.RunFunctionResponse, planned: Plan, question: Question, seen: Seen) -> None:
    """Write down which specs were judged and under which Platform, for the next call and for Flux."""
    record = rsp.desired.composite.resource.get_or_create_struct("status").fields
    in_force = question.accepted if planned.refused else question.spec
    if in_force is not None:
        record["accepted"].struct_value.ParseFromString(in_force)
    if planned.refused:
        record["refused"].struct_value.ParseFromString(question.spec)
    if question.platform is not None:
        record["platform"].struct_value.update(
            {"name": text(seen.found[PLATFORM][0], "metadata", "name") or "?"}
        )


def encode_condition(rsp: fnv1.RunFunctionResponse, condition: Condition) -> None:
    """For composite and claim. No time: Crossplane sets it when the status changes."""
    rsp.conditions.append(
        fnv1.Condition(
            type=condition.type,
            status=fnv1.STATUS_CONDITION_TRUE if condition.ok else fnv1.STATUS_CONDITION_FALSE,
            reason=condition.reason,
            message=condition.message or None,
            target=fnv1.TARGET_COMPOSITE_AND_CLAIM,
        )
    )


def encode_event(rsp: fnv1.RunFunctionResponse, event: Event) -> None:
    """For composite and claim. The SDK's helpers know neither reason nor target."""
    rsp.results.append(
        fnv1.Result(
            severity=fnv1.SEVERITY_WARNING if event.warning else fnv1.SEVERITY_NORMAL,
            reason=event.reason,
            message=event.message,
            target=fnv1.TARGET_COMPOSITE_AND_CLAIM,
        )
    )


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """A RunFunction call in process, through the wire format.

    Request and response are in protobuf's JSON mapping, numbers as YAML would read them.
    """
    sent = json_format.ParseDict(dict(request), fnv1.RunFunctionRequest()).SerializeToString()
    received = asyncio.run(FunctionRunner().RunFunction(fnv1.RunFunctionRequest.FromString(sent), None))
    told: dict[str, Any] = plain(json_format.MessageToDict(received))
    return told
