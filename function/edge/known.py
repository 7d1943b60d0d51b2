"""What is known at a call: all that hasn't changed since the last one about the same XR."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from function.app import Observed
from function.compose import Recall
from function.edge.readings import Reading, take
from function.edge.remembered import Call, Calls, Lookups, Planned, Reply
from function.edge.versions import Versions, changes
from function.plan import Plan, Question
from function.report import Why
from function.summary import Summary

T = TypeVar("T")

CALLS = 2
"""Calls of an XR that are remembered: in each reconcile Crossplane calls once without the lookups that the
function asks for, and then with them."""


class Known:
    """What is known at a call: all that hasn't changed since the last one about the same XR."""

    def __init__(self, versions: Versions, calls: Calls) -> None:
        """With the versions in this call's request, and what is remembered of the last ones."""
        self.versions = versions
        self.calls = calls
        self.before = calls.get(self.lookups)
        """The last call with the same lookups."""
        self.changes = changes(self.before.versions, versions) if self.before else None
        """What has changed since then."""
        self.readings: dict[Hashable, Reading[Any]] = {}
        """What this call reads, by name."""

    @property
    def lookups(self) -> Lookups:
        """The lookups that are answered in this call."""
        return tuple(sorted(self.versions.required))

    @property
    def planned(self) -> Planned | None:
        """What the last reply with the same lookups was made from."""
        return self.before.reply.planned if self.before else None

    @property
    def last(self) -> Reply | None:
        """The last reply: with the same lookups, or else with others."""
        call = self.before or next(reversed(self.calls.values()), None)
        return call.reply if call else None

    def like(self, question: Question) -> Reply | None:
        """A remembered reply with the plan that a question has."""
        replies = (call.reply for call in self.calls.values())
        return next((each for each in replies if each.planned and each.planned.question == question), None)

    def remembered(self, reply: Reply) -> Calls:
        """This call, and the other one of a reconcile.

        After a reply that asks for no more than was looked up, no call with more lookups follows.
        """
        answered = set(self.lookups)
        asks = reply.planned is not None and not reply.planned.plan.lookups.keys() <= answered
        others = [
            (lookups, call)
            for lookups, call in self.calls.items()
            if lookups != self.lookups and (asks or answered.issuperset(lookups))
        ]
        return dict(others[1 - CALLS :]) | {self.lookups: Call(self.versions, reply, self.readings)}

    def reply(self) -> Reply | None:
        """The last reply, if nothing has changed."""
        return self.before.reply if self.before and self.before.versions == self.versions else None

    def recall(self, name: Hashable, read: Callable[[Observed], T], observed: Observed) -> T:
        """What `read` returns. It is only called if something that it looked at has changed."""
        reading = self.before and self.before.readings.get(name)
        if not (self.changes and reading and reading.holds(observed.xr, self.changes)):
            return self.read(name, read, observed)
        self.readings[name] = reading
        value: T = reading.value
        return value

    def read(self, name: Hashable, read: Callable[[Observed], T], observed: Observed) -> T:
        """What `read` returns, called and remembered."""
        reading = take(read, observed)
        self.readings[name] = reading
        return reading.value

    def of_reports(self, plan: Plan) -> Recall:
        """Recalls reports, by the part's number first, if the reporter is as in the last reply's plan."""
        planned = self.planned
        if planned and planned.plan is plan:
            return self.recall
        both = zip(planned.plan.reports if planned else (), plan.reports, strict=False)
        same = {number for number, ((_, one), (_, other)) in enumerate(both) if one == other}

        def recall(name: Any, read: Callable[[Observed], Any], observed: Observed) -> Any:
            number, _ = name
            return (self.recall if number in same else self.read)(name, read, observed)

        return recall

    def rest(self, planned: Planned, summary: Summary) -> bytes | None:
        """The last reply's rest, if this one says the same."""
        before = self.before
        same = (
            before is not None
            and before.reply.planned is planned
            and before.reply.summary == summary
            and before.versions.rest == self.versions.rest
        )
        return before.reply.rest if before and same else None

    def judged(self, plan: Plan) -> Why:
        """Why objects aren't ready, for those that are, and must be, as they were at the last reply."""
        planned = self.planned
        if not (self.before and self.changes and planned):
            return {}
        problems, changed = self.before.reply.problems, self.changes.composed.keys
        if planned.plan is plan:
            return {key: problem for key, problem in problems.items() if key not in changed}
        then = planned.plan.expectations
        return {
            key: problems[key]
            for key, expected in plan.expectations.items()
            if key not in changed and then.get(key) == expected
        }
