"""The memo of replies: the last one about each XR."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

from function.app import Observed
from function.edge.readings import Reading, take
from function.edge.versions import Versions
from function.plan import Plan
from function.report import Why

T = TypeVar("T")


class Reply(NamedTuple):
    """A reply, without what earlier pipeline steps sent."""

    objects: bytes
    """The plan's objects: an encoded State, compressed."""
    rest: bytes
    """An encoded Response without objects."""
    problems: Why = {}
    """Why each object isn't ready, by key."""
    plan: Plan | None = None
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
        return self.before is not None and self.before.reply.plan is plan

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
    """What is remembered of the last call about each XR."""

    def __init__(self, size: int) -> None:
        """Remember up to `size` XRs."""
        self.size = size
        self.by_xr: OrderedDict[str, Remembered] = OrderedDict()

    def known(self, xr: str, versions: Versions) -> Known:
        """What is known of an XR whose request has these versions."""
        if xr in self.by_xr:
            self.by_xr.move_to_end(xr)
        return Known(versions, self.by_xr.get(xr))

    def put(self, xr: str, known: Known, reply: Reply) -> None:
        """Remember a reply and what was read for it, in place of the XR's former ones."""
        self.by_xr[xr] = Remembered(known.versions, reply, known.readings)
        self.by_xr.move_to_end(xr)
        if len(self.by_xr) > self.size:
            self.by_xr.popitem(last=False)
