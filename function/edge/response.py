"""The response without the objects: readiness, status, conditions, events, requirements."""

from collections.abc import Mapping
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf.struct_pb2 import Struct

from function.accept import ACCEPTED
from function.api.names import PLATFORM
from function.api.status import PlatformStatus
from function.app import Observed
from function.edge import wire
from function.edge.structs import fill, struct
from function.identity import Fatal
from function.plan import Plan, Question
from function.read import text
from function.report import Condition, Event
from function.summary import Summary

TTL = 600
"""Seconds after which Crossplane calls again, even if nothing that it watches has changed."""

SOON = 30
"""The same where Crossplane may miss a change. While an app is created or rolled out, its objects change so
often that Crossplane's circuit breaker opens, and it ignores changes for five minutes."""


def refusal(fatal: Fatal) -> Any:
    """The FATAL response. It changes nothing: Crossplane takes neither objects nor status from it."""
    rsp = wire.Response()
    rsp.meta.ttl.seconds = TTL
    add_condition(rsp, ACCEPTED.false(fatal.reason, str(fatal)))
    rsp.results.add(severity=fnv1.SEVERITY_FATAL, message=str(fatal))
    return rsp


def reply(plan: Plan, summary: Summary, record: Mapping[str, bytes], earlier: bytes) -> Any:
    """The response. `earlier`: the XR as earlier steps of the pipeline desire it, encoded."""
    rsp = wire.Response()
    rsp.meta.ttl.seconds = TTL if summary.settled else SOON
    composite = rsp.desired.composite
    composite.ready = ready(summary.ready)
    xr = Struct.FromString(earlier)
    status = xr.fields["status"].struct_value
    fill(status, summary.status)
    for key, data in record.items():
        status.fields[key].struct_value.ParseFromString(data)
    composite.resource = xr.SerializeToString()
    for condition in summary.conditions:
        add_condition(rsp, condition)
    for event in summary.events:
        add_event(rsp, event)
    for name, lookup in plan.lookups.items():
        selector = rsp.requirements.resources[name]
        selector.api_version, selector.kind = lookup.api_version, lookup.kind
        if lookup.labels:
            selector.match_labels.labels.update(lookup.labels)
        else:
            selector.match_name = lookup.name
        if lookup.namespace is not None:
            selector.namespace = lookup.namespace
    return rsp


def ready(is_ready: bool) -> Any:  # noqa: FBT001  # It is all that this is about.
    """Readiness as the protocol has it."""
    return fnv1.READY_TRUE if is_ready else fnv1.READY_FALSE


def record(plan: Plan, question: Question, observed: Observed) -> Mapping[str, bytes]:
    """Fields of the status that the next call and Flux read: the specs and the Platform's name, encoded."""
    specs = {"accepted": question.accepted if plan.refused else question.spec}
    if plan.refused and plan.repeated:
        specs["refused"] = question.spec
    if question.platform is not None:
        name = text(observed.required[PLATFORM][0], "metadata", "name") or "?"
        specs["platform"] = struct(PlatformStatus(name=name).dump()).SerializeToString()
    return {key: data for key, data in specs.items() if data is not None}


def add_condition(rsp: Any, condition: Condition) -> None:
    """Add a condition of composite and claim. Crossplane sets its time when the status changes."""
    rsp.conditions.add(
        type=condition.type.name,
        status=fnv1.STATUS_CONDITION_TRUE if condition.ok else fnv1.STATUS_CONDITION_FALSE,
        reason=condition.reason,
        message=condition.message or None,
        target=fnv1.TARGET_COMPOSITE_AND_CLAIM,
    )


def add_event(rsp: Any, event: Event) -> None:
    """Add an event of composite and claim."""
    rsp.results.add(
        severity=fnv1.SEVERITY_WARNING if event.warning else fnv1.SEVERITY_NORMAL,
        reason=event.reason,
        message=event.message,
        target=fnv1.TARGET_COMPOSITE_AND_CLAIM,
    )
