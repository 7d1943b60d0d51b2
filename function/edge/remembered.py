"""What is remembered of an XR: its last plan, and the last calls about it."""

from collections.abc import Hashable
from typing import Any, NamedTuple

from function.edge.readings import Reading
from function.edge.versions import Versions
from function.plan import Plan, Question
from function.report import Why
from function.summary import Summary

Lookups = tuple[str, ...]
"""Names of requirements, sorted."""

OF_PLAN, OF_CALL = 10_000, 12_000
"""Bytes that a plan takes as Python objects, and the versions and readings of a call about it, whatever the
app has: as tracemalloc counts them."""

OF_PLANNED, OF_OBSERVED = 500, 700
"""The same for each object of the app."""

DECODED = 2
"""Bytes for each byte of a question's specs: the encoded spec, and its values as Python objects."""


class Planned(NamedTuple):
    """A plan, and what it was made from."""

    question: Question
    plan: Plan


class Reply(NamedTuple):
    """A reply, without what earlier pipeline steps sent."""

    objects: bytes
    """Those of the plan, as `encoded` has them."""
    rest: bytes
    """An encoded Response without objects."""
    summary: Summary | None = None
    """What it says besides the objects. None: it is FATAL."""
    planned: Planned | None = None
    """What the objects were compared with. None: the reply is FATAL."""

    @property
    def problems(self) -> Why:
        """Why each object isn't ready, by key."""
        return self.summary.problems if self.summary else {}


class Call(NamedTuple):
    """A call about an XR, and the reply to it."""

    versions: Versions
    reply: Reply
    readings: dict[Hashable, Reading[Any]]
    """What was read, by name."""


Calls = dict[Lookups, Call]
"""The last calls about an XR, by the lookups that were answered."""


def weight(calls: Calls) -> int:
    """Bytes of memory that replies and all that they were made from take, rather too many than too few.

    benchmarks/growth.py compares it with what is measured.
    """
    replies = [call.reply for call in calls.values()]
    plans = {id(each.planned): each.planned for each in replies if each.planned}
    return sum(map(of_reply, replies)) + sum(map(of_planned, plans.values()))


def of_reply(reply: Reply) -> int:
    """Bytes that a reply takes, and the call that it answers."""
    return OF_CALL + OF_OBSERVED * len(reply.problems) + len(reply.objects) + len(reply.rest)


def of_planned(planned: Planned) -> int:
    """Bytes that a plan takes, and what it was made from."""
    question, number = planned.question, len(planned.plan.expectations)
    specs = question.spec, question.accepted, question.platform, question.input
    return OF_PLAN + OF_PLANNED * number + DECODED * sum(len(spec or b"") for spec in specs)
