"""What Crossplane is told besides the objects: readiness, status, conditions, events, what to look up."""

from collections.abc import Mapping
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf.struct_pb2 import Struct

from function import status, wire
from function.accept import ACCEPTED
from function.app import Condition, Event, Seen
from function.identity import Fatal
from function.names import PLATFORM
from function.plan import Plan, Question
from function.read import text
from function.view import fill, struct

TTL = 600
"""Seconds after which Crossplane asks again, though nothing it watches has changed."""

SOON = 30
"""The same where a change may have been missed. An app that is made or rolled out changes more often in a
few seconds than Crossplane follows: its circuit breaker then drops what it watches for five minutes."""


def refusal(fatal: Fatal) -> Any:
    """FATAL changes nothing: Crossplane takes neither objects nor status from it."""
    rsp = wire.Response()
    rsp.meta.ttl.seconds = TTL
    add_condition(rsp, Condition(ACCEPTED, ok=False, reason=fatal.reason, message=str(fatal)))
    rsp.results.add(severity=fnv1.SEVERITY_FATAL, message=str(fatal))
    return rsp


def report(planned: Plan, answer: status.Answer, record: Mapping[str, bytes], earlier: bytes) -> Any:
    """What was found out. `earlier`: the composite as steps before this one in the pipeline want it."""
    rsp = wire.Response()
    rsp.meta.ttl.seconds = TTL if answer.settled else SOON
    composite = rsp.desired.composite
    composite.ready = ready(answer.ready)
    xr = Struct.FromString(earlier)
    told = xr.fields["status"].struct_value
    fill(told, answer.status)
    for key, data in record.items():
        told.fields[key].struct_value.ParseFromString(data)
    composite.resource = xr.SerializeToString()
    for said in answer.conditions:
        add_condition(rsp, said)
    for event in answer.events:
        add_event(rsp, event)
    for name, want in planned.lookups.items():
        selector = rsp.requirements.resources[name]
        selector.api_version, selector.kind, selector.match_name = want.api_version, want.kind, want.name
        if want.namespace is not None:
            selector.namespace = want.namespace
    return rsp


def ready(told: bool) -> Any:  # noqa: FBT001  # What it says is all it is about.
    """Readiness as the protocol has it."""
    return fnv1.READY_TRUE if told else fnv1.READY_FALSE


def record(planned: Plan, question: Question, seen: Seen) -> Mapping[str, bytes]:
    """Which specs were judged and under which Platform, encoded, for the next call and for Flux."""
    written = {"accepted": question.accepted if planned.refused else question.spec}
    if planned.refused:
        written["refused"] = question.spec
    if question.platform is not None:
        name = text(seen.found[PLATFORM][0], "metadata", "name") or "?"
        written["platform"] = struct({"name": name}).SerializeToString()
    return {key: data for key, data in written.items() if data is not None}


def add_condition(rsp: Any, condition: Condition) -> None:
    """For composite and claim. No time: Crossplane sets it when the status changes."""
    rsp.conditions.add(
        type=condition.type,
        status=fnv1.STATUS_CONDITION_TRUE if condition.ok else fnv1.STATUS_CONDITION_FALSE,
        reason=condition.reason,
        message=condition.message or None,
        target=fnv1.TARGET_COMPOSITE_AND_CLAIM,
    )


def add_event(rsp: Any, event: Event) -> None:
    """For composite and claim."""
    rsp.results.add(
        severity=fnv1.SEVERITY_WARNING if event.warning else fnv1.SEVERITY_NORMAL,
        reason=event.reason,
        message=event.message,
        target=fnv1.TARGET_COMPOSITE_AND_CLAIM,
    )
