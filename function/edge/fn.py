"""RunFunction: from an encoded request to an encoded response, with a memo of plans and replies."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from google.protobuf.message import DecodeError

from function import accept, plan
from function.api.json_values import DEEPEST
from function.api.platform import Platform
from function.app import Observed
from function.edge import encoded, response, wire
from function.edge.known import Known
from function.edge.remembered import Planned, Reply
from function.edge.replies import Replies
from function.edge.request import decode, earlier_problems, observe, question
from function.edge.versions import UNVERSIONED, versions
from function.identity import Fatal
from function.place import Manifest
from function.plan import Question
from function.read import text
from function.summary import summarize

MEMORY = 256 * 2**20
"""Bytes of replies and plans that are remembered, of the 512 MiB that package/install allows.

They are enough for about 3,800 apps like the example. The rest is for Python itself and for messages."""

PLATFORMS = 16
"""Platforms that are remembered: one for the Platform with each Composition's own input."""

MALFORMED = (
    "the request can't be read: it isn't a RunFunctionRequest of Crossplane, or an object in it is nested "
    f"more than {DEEPEST} levels deep"
)


class FunctionRunner:
    """Answers Crossplane's RunFunction calls. Its only state is the memo."""

    def __init__(self, *, memo: bool = True) -> None:
        """With a memo, what hasn't changed since the last call about the same XR isn't worked out again."""
        self.platform: Callable[..., Platform] = (
            lru_cache(PLATFORMS)(read_platform) if memo else read_platform
        )
        self.replies = Replies(MEMORY if memo else 0)

    def run(self, data: bytes) -> bytes:
        """The response to a request, FATAL or complete: a partial desired state would delete objects.

        Raises MalformedError for bytes that can't be read. Most of a request is decoded only when it is read.
        """
        try:
            return self.respond(wire.Request.FromString(data))
        except (DecodeError, RecursionError) as error:
            raise wire.MalformedError(MALFORMED) from error

    def respond(self, request: Any) -> bytes:
        """The same for a decoded request."""
        # The desired state of earlier pipeline steps, and the context, are passed on unchanged.
        rsp = wire.Response(desired=request.desired, context=request.context)
        rsp.meta.tag = request.meta.tag
        reply = self.recall(request, observe(request))
        # Encoded messages that follow each other are one message: protobuf merges them. So the objects aren't
        # decoded, and whatever an earlier step desires under a key of ours is replaced.
        start: bytes = rsp.SerializeToString()
        return start + encoded.decompressed(reply.objects) + reply.rest

    def recall(self, request: Any, observed: Observed) -> Reply:
        """The last reply about this XR, if nothing has changed since. Else a new one."""
        now = versions(request, observed)
        if now is None:
            return self.reply(request, observed, Known(UNVERSIONED, {}))
        # Another step of the Composition, with another input, has a plan of its own.
        asking = text(observed.xr, "metadata", "uid"), request.input
        known = self.replies.known(asking, now)
        reply = known.reply()
        if reply is None:
            reply = self.reply(request, observed, known)
            self.replies.put(asking, known, reply)
        return reply

    def reply(self, request: Any, observed: Observed, known: Known) -> Reply:
        """Plan, and report on what is observed."""
        try:
            asked = question(request, observed, known.recall)
            like = known.like(asked)
            planned, manifests = (like.planned, None) if like and like.planned else self.plan(asked)
        except Fatal as fatal:
            return Reply(encoded.NONE, response.refusal(fatal).SerializeToString())
        desired = planned.plan
        unready = earlier_problems(request.desired, desired)
        summary = summarize(desired, observed, known.judged(desired), unready, known.of_reports(desired))
        rest = known.rest(planned, summary)
        if rest is None:
            record = response.record(desired, planned.question, observed)
            earlier = request.desired.composite.resource
            rest = response.reply(desired, summary, record, earlier).SerializeToString()
        objects = encoded.objects(desired, manifests, summary.problems, like or known.last)
        return Reply(objects, rest, summary, planned)

    def plan(self, question: Question) -> tuple[Planned, Mapping[str, Manifest]]:
        """The plan and its objects."""
        settings = self.platform(question.platform, question.input, known=question.platform_known)
        made, manifests = plan.make(question, settings, decode)
        return Planned(question, made), manifests


def read_platform(settings: bytes | None, own: bytes | None, *, known: bool) -> Platform:
    """The platform's settings over the step's own input, both decoded. Raises Fatal."""
    given, input_ = (None if data is None else decode(data) for data in (settings, own))
    return accept.platform(given, input_, known=known)
