"""The memo of replies: the last one about each XR."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from function.plan import Plan
from function.report import Why


@dataclass(frozen=True, slots=True)
class Versions:
    """All that a reply depends on, with the versions of the objects in place of the objects."""

    xr: str | None
    composed: Mapping[str, str | None]
    """By key."""
    required: Mapping[str, tuple[str | None, ...]]
    """By the requirement's name. Empty: it was looked up, and none exists."""
    rest: bytes
    """A digest of the step's input, of the XR as earlier steps desire it, and of their objects' readiness."""


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


class Replies:
    """The last reply about each XR, with the versions in its request."""

    def __init__(self, size: int) -> None:
        """Remember up to `size` XRs."""
        self.size = size
        self.by_xr: OrderedDict[str, tuple[Versions, Reply]] = OrderedDict()

    def get(self, xr: str, versions: Versions) -> Reply | None:
        """The last reply about an XR, if its request had these versions."""
        remembered, reply = self.by_xr.get(xr, (None, None))
        if remembered != versions:
            return None
        self.by_xr.move_to_end(xr)
        return reply

    def judged(self, xr: str, versions: Versions, plan: Plan) -> Why:
        """Why objects of an XR aren't ready, for those that are as they were at its last reply.

        Empty if that reply had another plan: what an object must be like comes from the plan.
        """
        before, reply = self.by_xr.get(xr, (None, None))
        if before is None or reply is None or reply.plan is not plan:
            return {}
        now = versions.composed
        return {
            key: problem
            for key, problem in reply.problems.items()
            if now.get(key) == before.composed.get(key)
        }

    def put(self, xr: str, versions: Versions, reply: Reply) -> None:
        """Remember a reply, in place of the XR's former one."""
        self.by_xr[xr] = versions, reply
        self.by_xr.move_to_end(xr)
        if len(self.by_xr) > self.size:
            self.by_xr.popitem(last=False)
