"""What is known at a call: all that hasn't changed since the last one about the same XR."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from function.app import Observed
from function.edge.readings import Reading, take
from function.edge.remembered import Call, Lookups, Remembered, Reply
from function.edge.versions import Versions
from function.plan import Plan
from function.report import Why

T = TypeVar("T")

CALLS = 2
"""Calls of an XR that are remembered: in each reconcile Crossplane calls once without the lookups that the
function asks for, and then with them."""


class Known:
    """What is known at a call: all that hasn't changed since the last one about the same XR."""

    def __init__(self, versions: Versions, before: Remembered | None) -> None:
        """With the versions in this call's request, and what is remembered of the last ones."""
        self.versions = versions
        self.planned = before.planned if before else None
        """The last plan."""
        self.calls = before.calls if before else {}
        self.before = self.calls.get(self.lookups)
        """The last call with the same lookups."""
        self.readings: dict[Hashable, Reading[Any]] = {}
        """What this call reads, by name."""

    @property
    def lookups(self) -> Lookups:
        """The lookups that are answered in this call."""
        return tuple(sorted(self.versions.required))

    def remembered(self, reply: Reply) -> Remembered:
        """This call and the one before it, if that had the same plan."""
        others = {
            lookups: call
            for lookups, call in self.calls.items()
            if call.reply.planned is reply.planned and lookups != self.lookups
        }
        last = dict(list(others.items())[1 - CALLS :])
        return Remembered(reply.planned, last | {self.lookups: Call(self.versions, reply, self.readings)})

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
        planned = self.before.reply.planned if self.before else None
        return planned is not None and planned.plan is plan

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
