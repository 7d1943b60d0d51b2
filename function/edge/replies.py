"""The memo: what is remembered of the last call about each XR."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from cachetools import LRUCache

from function.app import Observed
from function.edge.readings import Reading, take
from function.edge.versions import Versions
from function.plan import Plan, Question
from function.report import Why

T = TypeVar("T")

Asking = tuple[str | None, bytes]
"""Who asks: the XR's uid, and the input of the Composition's step."""

LEAST = 47_000
"""Bytes that a small app's plan, readings and versions take as Python objects, as tracemalloc counts them."""

DECODED = 2
"""Bytes for each byte of a question's specs: the encoded spec, and its values as Python objects."""


class Planned(NamedTuple):
    """A plan, and what it was made from."""

    question: Question
    plan: Plan
    objects: bytes
    """The plan's objects: an encoded State, compressed."""


class Reply(NamedTuple):
    """A reply, without what earlier pipeline steps sent."""

    objects: bytes
    """Those of the plan."""
    rest: bytes
    """An encoded Response without objects."""
    problems: Why = {}
    """Why each object isn't ready, by key."""
    planned: Planned | None = None
    """What the objects were compared with. None: the reply is FATAL."""


class Remembered(NamedTuple):
    """The last reply about an XR, and what it was made from."""

    versions: Versions
    reply: Reply
    readings: dict[Hashable, Reading[Any]]
    """What was read, by name."""


class Known:
    """What is known at a call: all that hasn't changed since the last one about the same XR."""

    def __init__(self, versions: Versions, before: Remembered | None) -> None:
        """With the versions in this call's request, and what is remembered of the last one."""
        self.versions = versions
        self.before = before
        self.readings: dict[Hashable, Reading[Any]] = {}
        """What this call reads, by name."""

    def reply(self) -> Reply | None:
        """The last reply, if nothing has changed."""
        return self.before.reply if self.before and self.before.versions == self.versions else None

    def recall(self, name: Hashable, read: Callable[[Observed], T], observed: Observed) -> T:
        """What `read` returns. It is only called if something that it looked at has changed."""
        reading = self.before and self.before.readings.get(name)
        if not (self.before and reading and reading.holds(observed.xr, self.before.versions, self.versions)):
            return self.read(name, read, observed)
        self.readings[name] = reading
        value: T = reading.value
        return value

    def read(self, name: Hashable, read: Callable[[Observed], T], observed: Observed) -> T:
        """What `read` returns, called and remembered."""
        reading = take(read, observed)
        self.readings[name] = reading
        return reading.value

    def same(self, plan: Plan) -> bool:
        """Whether the last reply had this plan."""
        return self.planned is not None and self.planned.plan is plan

    @property
    def planned(self) -> Planned | None:
        """The plan of the last reply."""
        return self.before.reply.planned if self.before else None

    def judged(self, plan: Plan) -> Why:
        """Why objects aren't ready, for those that are as they were at the last reply.

        Empty if that reply had another plan: what an object must be like comes from the plan.
        """
        if self.before is None or not self.same(plan):
            return {}
        before, now = self.before.versions.composed, self.versions.composed
        return {
            key: problem
            for key, problem in self.before.reply.problems.items()
            if now.get(key) == before.get(key)
        }


class Replies:
    """What is remembered of the last call about each XR. Those that were asked about last stay.

    Two threads may use it, see `serve`.
    """

    def __init__(self, size: int) -> None:
        """Remember up to `size` bytes."""
        self.lock = Lock()
        self.by_xr: LRUCache[Asking, Remembered] = LRUCache(size, weight)

    def known(self, asking: Asking, versions: Versions) -> Known:
        """What is known of an XR whose request has these versions."""
        with self.lock:
            return Known(versions, self.by_xr.get(asking))

    def put(self, asking: Asking, known: Known, reply: Reply) -> None:
        """Remember a reply and what was read for it, in place of the XR's former ones."""
        with self.lock, suppress(ValueError):  # It is larger than all that may be remembered.
            self.by_xr[asking] = Remembered(known.versions, reply, known.readings)


def weight(remembered: Remembered) -> int:
    """Bytes of memory that a reply and all that it was made from take, rather too many than too few.

    benchmarks/growth.py compares it with what is measured.
    """
    reply = remembered.reply
    question = reply.planned.question if reply.planned else None
    specs = (question.spec, question.accepted, question.platform, question.input) if question else ()
    return LEAST + len(reply.objects) + len(reply.rest) + DECODED * sum(len(spec or b"") for spec in specs)
