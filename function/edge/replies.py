"""The memo: what is remembered of each XR, within a bound of bytes."""

from contextlib import suppress
from threading import Lock

from cachetools import LRUCache

from function.edge.known import Known
from function.edge.remembered import Calls, Reply, weight
from function.edge.versions import Versions

Asking = tuple[str | None, bytes]
"""Who asks: the XR's uid, and the input of the Composition's step."""


class Replies:
    """What is remembered of the last call about each XR. Those that were asked about last stay.

    Two threads may use it, see `serve`.
    """

    def __init__(self, size: int) -> None:
        """Remember up to `size` bytes."""
        self.lock = Lock()
        self.by_xr: LRUCache[Asking, Calls] = LRUCache(size, weight)

    def known(self, asking: Asking, versions: Versions) -> Known:
        """What is known of an XR whose request has these versions."""
        with self.lock:
            return Known(versions, self.by_xr.get(asking, {}))

    def put(self, asking: Asking, known: Known, reply: Reply) -> None:
        """Remember a reply and what was read for it, in place of the XR's former ones."""
        with self.lock, suppress(ValueError):  # It is larger than all that may be remembered.
            self.by_xr[asking] = known.remembered(reply)
