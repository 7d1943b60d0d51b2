"""The edge: bytes in, plan, report, bytes out.

With `request`, `response`, `view` and `wire` all that knows protobuf.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

from function import accept, plan, response, status, wire
from function.app import Seen
from function.identity import Fatal
from function.plan import Plan, Question
from function.platform import Platform
from function.read import text
from function.request import ask, decode, fingerprint, look
from function.view import plain, struct

APPS = 4096
"""Apps that are remembered, about 20 KiB each."""

PLATFORMS = 16
"""Platforms that are remembered: there is one, and each step of a Composition may overlay it."""

FASTEST = 1
"""Of zlib's levels: it makes a quarter of the objects already."""


class Said(NamedTuple):
    """An answer, but for what goes on as it came."""

    objects: bytes
    """The desired State, compressed, as the plan has it."""
    ready: Mapping[str, bool]
    """By key."""
    rest: bytes
    """A Response without objects."""


@dataclass(slots=True)
class Last:
    """The last answer about an XR, and what it was an answer to."""

    shown: bytes | None = None
    said: Said | None = None


class FunctionRunner:
    """Answers Crossplane's RunFunction calls. It keeps no state but the memo of what it made."""

    def __init__(self, *, memo: bool = True) -> None:
        """Plan each question once, or each time it is asked."""
        self.govern: Callable[..., Platform] = lru_cache(PLATFORMS)(govern) if memo else govern
        self.plan: Callable[[Question], tuple[bytes, Plan]] = (
            lru_cache(APPS)(self.make) if memo else self.make
        )
        self.last: Callable[[str], Last] = lru_cache(APPS)(lambda _: Last()) if memo else lambda _: Last()

    def run(self, data: bytes) -> bytes:
        """The response to a request: FATAL or complete, as a partial desired state deletes things."""
        request = wire.Request.FromString(data)
        # What earlier steps of the pipeline desired, and the context, go on as they came.
        rsp = wire.Response(desired=request.desired, context=request.context)
        rsp.meta.tag = request.meta.tag
        said = self.recall(request, look(request))
        rsp.desired.MergeFromString(zlib.decompress(said.objects))
        rsp.MergeFromString(said.rest)
        for key, ready in said.ready.items():
            rsp.desired.resources[key].ready = response.ready(ready)
        answer: bytes = rsp.SerializeToString()
        return answer

    def recall(self, request: Any, seen: Seen) -> Said:
        """What was said when all was as it is now: nearly always that was at the last call."""
        shown = fingerprint(request, seen)
        if shown is None:
            return self.answer(request, seen)
        last = self.last(text(seen.xr, "metadata", "uid") or "")
        if last.said is None or last.shown != shown:
            last.said, last.shown = self.answer(request, seen), shown
        return last.said

    def answer(self, request: Any, seen: Seen) -> Said:
        """Plan, and report on what is shown."""
        try:
            question = ask(request, seen)
            objects, planned = self.plan(question)
        except Fatal as fatal:
            return Said(NOTHING, {}, response.refusal(fatal).SerializeToString())
        told = status.answer(planned, seen)
        record = response.record(planned, question, seen)
        rest = response.report(planned, told, record, request.desired.composite.resource)
        return Said(objects, {key: not why for key, why in told.why.items()}, rest.SerializeToString())

    def make(self, question: Question) -> tuple[bytes, Plan]:
        """The plan, and its objects encoded and compressed."""
        platform = self.govern(question.platform, question.input, known=question.platform_known)
        planned, manifests = plan.make(question, platform, decode)
        state = wire.State()
        for key, manifest in manifests.items():
            state.resources[key].resource = struct(manifest).SerializeToString(deterministic=True)
        return zlib.compress(state.SerializeToString(deterministic=True), FASTEST), planned


NOTHING = zlib.compress(b"")
"""No objects."""


def govern(settings: bytes | None, own: bytes | None, *, known: bool) -> Platform:
    """The platform's settings. Raises Fatal."""
    given, over = (None if data is None else decode(data) for data in (settings, own))
    return accept.platform(given, over, known=known)


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """A RunFunction call in process, through the wire format.

    Request and response are in protobuf's JSON mapping, numbers as YAML would read them.
    """
    sent = json_format.ParseDict(dict(request), fnv1.RunFunctionRequest()).SerializeToString()
    received = fnv1.RunFunctionResponse.FromString(FunctionRunner().run(sent))
    told: dict[str, Any] = plain(json_format.MessageToDict(received))
    return told
