"""The memo of replies: the last one about each XR."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple


class Reply(NamedTuple):
    """A reply, without what earlier pipeline steps sent."""

    objects: bytes
    """The plan's objects: an encoded State, compressed."""
    ready: Mapping[str, bool]
    """Whether each object is ready, by key."""
    rest: bytes
    """An encoded Response without objects."""


class Replies:
    """The last reply about each XR, with the fingerprint of its request."""

    def __init__(self, size: int) -> None:
        """Remember up to `size` XRs."""
        self.size = size
        self.by_xr: OrderedDict[str, tuple[bytes, Reply]] = OrderedDict()

    def get(self, xr: str, fingerprint: bytes) -> Reply | None:
        """The last reply about an XR, if its request had this fingerprint."""
        remembered, reply = self.by_xr.get(xr, (None, None))
        if remembered != fingerprint:
            return None
        self.by_xr.move_to_end(xr)
        return reply

    def put(self, xr: str, fingerprint: bytes, reply: Reply) -> None:
        """Remember a reply, in place of the XR's former one."""
        self.by_xr[xr] = fingerprint, reply
        self.by_xr.move_to_end(xr)
        if len(self.by_xr) > self.size:
            self.by_xr.popitem(last=False)
