"""RunFunction: bytes in, plan, report, bytes out; and what is remembered between calls."""

import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

from function import accept, plan
from function.api.platform import Platform
from function.app import Observed
from function.edge import response, wire
from function.edge.replies import Replies, Reply
from function.edge.request import decode, fingerprint, observe, question
from function.edge.structs import struct
from function.identity import Fatal
from function.plan import Plan, Question
from function.read import plain, text
from function.summary import summarize

APPS = 4096
"""Apps that are remembered, about 20 KiB each: 80 MiB of the 512 that package/install allows."""

PLATFORMS = 16
"""Platforms that are remembered: there is one, and each step of a Composition may overlay it."""

FASTEST = 1
"""Of zlib's levels: it makes a quarter of the objects already."""

NOTHING = zlib.compress(b"")
"""No objects."""


class FunctionRunner:
    """Answers Crossplane's RunFunction calls. It keeps no state but the memo of what it made."""

    def __init__(self, *, memo: bool = True) -> None:
        """Plan each question once, or each time it is asked."""
        self.platform: Callable[..., Platform] = lru_cache(PLATFORMS)(platform) if memo else platform
        self.plan: Callable[[Question], tuple[bytes, Plan]] = (
            lru_cache(APPS)(self.make) if memo else self.make
        )
        self.replies = Replies(APPS if memo else 0)

    def run(self, data: bytes) -> bytes:
        """The response to a request: FATAL or complete, as a partial desired state deletes things."""
        request = wire.Request.FromString(data)
        # What earlier steps of the pipeline desired, and the context, go on unchanged.
        rsp = wire.Response(desired=request.desired, context=request.context)
        rsp.meta.tag = request.meta.tag
        reply = self.recall(request, observe(request))
        rsp.desired.MergeFromString(zlib.decompress(reply.objects))
        rsp.MergeFromString(reply.rest)
        for key, ready in reply.ready.items():
            rsp.desired.resources[key].ready = response.ready(ready)
        encoded: bytes = rsp.SerializeToString()
        return encoded

    def recall(self, request: Any, observed: Observed) -> Reply:
        """The last reply about this XR, if nothing has changed since. Else a new one."""
        shown = fingerprint(request, observed)
        if shown is None:
            return self.reply(request, observed)
        uid = text(observed.xr, "metadata", "uid") or ""
        reply = self.replies.get(uid, shown)
        if reply is None:
            reply = self.reply(request, observed)
            self.replies.put(uid, shown, reply)
        return reply

    def reply(self, request: Any, observed: Observed) -> Reply:
        """Plan, and report on what is observed."""
        try:
            asked = question(request, observed)
            objects, planned = self.plan(asked)
        except Fatal as fatal:
            return Reply(NOTHING, {}, response.refusal(fatal).SerializeToString())
        summary = summarize(planned, observed)
        record = response.record(planned, asked, observed)
        rest = response.reply(planned, summary, record, request.desired.composite.resource)
        ready = {key: not problem for key, problem in summary.why.items()}
        return Reply(objects, ready, rest.SerializeToString())

    def make(self, asked: Question) -> tuple[bytes, Plan]:
        """The plan, and its objects encoded and compressed."""
        settings = self.platform(asked.platform, asked.input, known=asked.platform_known)
        planned, manifests = plan.make(asked, settings, decode)
        state = wire.State()
        for key, manifest in manifests.items():
            state.resources[key].resource = struct(manifest).SerializeToString(deterministic=True)
        return zlib.compress(state.SerializeToString(deterministic=True), FASTEST), planned


def platform(settings: bytes | None, own: bytes | None, *, known: bool) -> Platform:
    """The platform's settings, over the step's own input. Raises Fatal."""
    given, input_ = (None if data is None else decode(data) for data in (settings, own))
    return accept.platform(given, input_, known=known)


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """A RunFunction call in process, through the wire format.

    Request and response are in protobuf's JSON mapping, numbers as YAML would read them.
    """
    sent = json_format.ParseDict(dict(request), fnv1.RunFunctionRequest()).SerializeToString()
    received = fnv1.RunFunctionResponse.FromString(FunctionRunner().run(sent))
    message: dict[str, Any] = plain(json_format.MessageToDict(received))
    return message
