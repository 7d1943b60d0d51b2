"""The edge: bytes in, plan, report, bytes out. With `view` and `wire` all that knows protobuf."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct

from function import accept, compose, plan, status, wire
from function.accept import ACCEPTED
from function.app import Condition, Event, Seen
from function.identity import Fatal, identify
from function.names import PLATFORM
from function.plan import Plan, Question
from function.platform import Platform
from function.read import at, text
from function.spec import KEYS
from function.view import View, fill, plain, struct

TTL = 600
"""Seconds after which Crossplane asks again, though nothing it watches has changed."""

SOON = 30
"""The same where a change may have been missed. An app that is made or rolled out changes more often in a
few seconds than Crossplane follows: its circuit breaker then drops what it watches for five minutes."""

APPS = 4096
"""Plans that are remembered, about 30 KiB each."""

PLATFORMS = 16
"""Platforms that are remembered: there is one, and each step of a Composition may overlay it."""


class FunctionRunner:
    """Answers Crossplane's RunFunction calls. It keeps no state but the memo of what it made."""

    def __init__(self, *, memo: bool = True) -> None:
        """Plan each question once, or each time it is asked."""
        self.govern: Callable[..., Platform] = lru_cache(PLATFORMS)(govern) if memo else govern
        self.plan: Callable[[Question], tuple[bytes, Plan]] = (
            lru_cache(APPS)(self.make) if memo else self.make
        )

    def run(self, data: bytes) -> bytes:
        """The response to a request: FATAL or complete, as a partial desired state deletes things."""
        request = wire.Request.FromString(data)
        # What earlier steps of the pipeline desired, and the context, go on as they came.
        rsp = wire.Response(desired=request.desired, context=request.context)
        rsp.meta.tag, rsp.meta.ttl.seconds = request.meta.tag, TTL
        seen = look(request)
        try:
            question = ask(request, seen)
            state, planned = self.plan(question)
        except Fatal as fatal:
            encode_condition(rsp, Condition(ACCEPTED, ok=False, reason=fatal.reason, message=str(fatal)))
            rsp.results.add(severity=fnv1.SEVERITY_FATAL, message=str(fatal))
        else:
            rsp.desired.MergeFromString(state)
            encode(rsp, planned, status.answer(planned, seen), record(planned, question, seen))
        answer: bytes = rsp.SerializeToString()
        return answer

    def make(self, question: Question) -> tuple[bytes, Plan]:
        """The plan, and its objects encoded."""
        platform = self.govern(question.platform, question.input, known=question.platform_known)
        planned, manifests = plan.make(question, platform, decode)
        state = wire.State()
        for key, manifest in manifests.items():
            state.resources[key].resource = struct(manifest).SerializeToString(deterministic=True)
        return state.SerializeToString(deterministic=True), planned


def look(request: Any) -> Seen:
    """What a request shows."""
    return Seen(
        xr=View(request.observed.composite.resource),
        objects={key: View(r.resource) for key, r in request.observed.resources.items()},
        found={name: [View(r.resource) for r in rs.items] for name, rs in request.required_resources.items()},
    )


def ask(request: Any, seen: Seen) -> Question:
    """The question a request asks: bytes and facts, nothing converted.

    Raises Fatal for an XR that isn't ours.
    """
    who = identify(seen.xr)
    platforms = seen.found.get(PLATFORM)
    spec = at(seen.xr, "spec")
    return Question(
        who=who,
        # Crossplane's own keys change without meaning anything.
        spec=spec.only(KEYS).canonical() if isinstance(spec, View) else b"",
        accepted=encoded(seen.xr, "status", "accepted"),
        platform=(encoded(platforms[0], "spec") or b"") if platforms else None,
        input=encoded(View(request.input), "spec"),
        platform_known=text(seen.xr, "status", "platform", "name") is not None,
        observed=bool(seen.objects),
        kept=compose.read(seen),
    )


def encoded(value: Any, *path: str) -> bytes | None:
    """The map at a path as bytes that are equal where it is equal; None where there is none."""
    found = at(value, *path)
    return found.canonical() if isinstance(found, View) else None


def decode(data: bytes) -> Mapping[str, Any]:
    """An encoded map as a dict."""
    told: Mapping[str, Any] = plain(View(data))
    return told


def govern(settings: bytes | None, own: bytes | None, *, known: bool) -> Platform:
    """The platform's settings. Raises Fatal."""
    given, over = (None if data is None else decode(data) for data in (settings, own))
    return accept.platform(given, over, known=known)


def encode(rsp: Any, planned: Plan, answer: status.Answer, record: Mapping[str, bytes]) -> None:
    """Write what was found out to the response."""
    if not answer.settled:
        rsp.meta.ttl.seconds = SOON
    for key, why in answer.why.items():
        rsp.desired.resources[key].ready = fnv1.READY_FALSE if why else fnv1.READY_TRUE
    composite = rsp.desired.composite
    composite.ready = fnv1.READY_TRUE if answer.ready else fnv1.READY_FALSE
    # Into the status that an earlier step of the pipeline may have put there.
    xr = Struct.FromString(composite.resource)
    told = xr.fields["status"].struct_value
    fill(told, answer.status)
    for key, data in record.items():
        told.fields[key].struct_value.ParseFromString(data)
    composite.resource = xr.SerializeToString()
    for said in answer.conditions:
        encode_condition(rsp, said)
    for event in answer.events:
        encode_event(rsp, event)
    for name, want in planned.lookups.items():
        selector = rsp.requirements.resources[name]
        selector.api_version, selector.kind, selector.match_name = want.api_version, want.kind, want.name
        if want.namespace is not None:
            selector.namespace = want.namespace


def record(planned: Plan, question: Question, seen: Seen) -> Mapping[str, bytes]:
    """Which specs were judged and under which Platform, encoded, for the next call and for Flux."""
    written = {"accepted": question.accepted if planned.refused else question.spec}
    if planned.refused:
        written["refused"] = question.spec
    if question.platform is not None:
        name = text(seen.found[PLATFORM][0], "metadata", "name") or "?"
        written["platform"] = struct({"name": name}).SerializeToString()
    return {key: data for key, data in written.items() if data is not None}


def encode_condition(rsp: Any, condition: Condition) -> None:
    """For composite and claim. No time: Crossplane sets it when the status changes."""
    rsp.conditions.add(
        type=condition.type,
        status=fnv1.STATUS_CONDITION_TRUE if condition.ok else fnv1.STATUS_CONDITION_FALSE,
        reason=condition.reason,
        message=condition.message or None,
        target=fnv1.TARGET_COMPOSITE_AND_CLAIM,
    )


def encode_event(rsp: Any, event: Event) -> None:
    """For composite and claim."""
    rsp.results.add(
        severity=fnv1.SEVERITY_WARNING if event.warning else fnv1.SEVERITY_NORMAL,
        reason=event.reason,
        message=event.message,
        target=fnv1.TARGET_COMPOSITE_AND_CLAIM,
    )


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """A RunFunction call in process, through the wire format.

    Request and response are in protobuf's JSON mapping, numbers as YAML would read them.
    """
    sent = json_format.ParseDict(dict(request), fnv1.RunFunctionRequest()).SerializeToString()
    received = fnv1.RunFunctionResponse.FromString(FunctionRunner().run(sent))
    told: dict[str, Any] = plain(json_format.MessageToDict(received))
    return told
