"""What Crossplane sees of an app: each change of the XR and of its composed objects, and who wrote it."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from function.api.names import CLAIM
from function.read import at, items, text
from tests.plane.api import Api
from tests.plane.kubectl import Json

NOT_SPOKEN_OF = ("managedFields", "resourceVersion", "generation")
"""Fields of metadata that follow from a change, and aren't one."""
XR = f"X{CLAIM}"
TOKENS = {"ADDED": 1, "MODIFIED": 2}
"""What an event takes from the circuit breaker's bucket. controller-runtime asks it for the old and for the
new object of an update. What is being deleted is let through."""


@dataclass(frozen=True, slots=True)
class Event:
    """A change of an object."""

    at: float
    """Seconds of time.time()."""
    kind: str
    name: str
    tokens: int
    writer: str
    """The field manager whose fields changed last."""
    changed: tuple[str, ...]
    """Which fields are others: paths of two keys."""


@dataclass(slots=True)
class Watched:
    """The events so far. Watches of several kinds add to it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    seen: list[tuple[float, str, Json]] = field(default_factory=list)
    """Time, type and object of each event."""

    def events(self, app: str) -> list[Event]:
        """The events of an app's XR, and of what it composes. No other app is in its namespace."""
        with self.lock:
            seen = list(self.seen)
        return list(told([event for event in seen if belongs(event[2], app)]))


def belongs(manifest: Json, app: str) -> bool:
    """Whether an object is an app's XR, or composed by it. Only XRs are watched in all namespaces."""
    if manifest["kind"] == XR:
        return text(manifest, "metadata", "labels", "crossplane.io/claim-name") == app
    owners = items(manifest, "metadata", "ownerReferences")
    return manifest["kind"] == CLAIM or any(at(owner, "kind") in (XR, CLAIM) for owner in owners)


def told(seen: Sequence[tuple[float, str, Json]]) -> Iterator[Event]:
    """Events with what changed, and who wrote it."""
    last: dict[tuple[str, str], Json] = {}
    for when, type_, manifest in seen:
        key = manifest["kind"], manifest["metadata"]["name"]
        before = last.get(key, {"metadata": {}})
        leaves = at(manifest, "metadata", "deletionTimestamp") is not None
        tokens = 0 if leaves else TOKENS.get(type_, 0)
        yield Event(when, *key, tokens, writer(before, manifest), tuple(changes(before, manifest)))
        last[key] = manifest


def changes(before: Json, now: Json) -> Iterator[str]:
    """Paths of two keys at which two states of an object differ."""
    for outer in sorted({*before, *now}):
        old, new = before.get(outer), now.get(outer)
        if not (isinstance(old, dict | None) and isinstance(new, dict | None)):
            if old != new:
                yield outer
            continue
        old, new = old or {}, new or {}
        for inner in sorted({*old, *new}):
            if old.get(inner) != new.get(inner) and inner not in NOT_SPOKEN_OF:
                yield f"{outer}.{inner}"


def writer(before: Json, now: Json) -> str:
    """The manager whose entry in managedFields is another than before, else the one that wrote last."""
    entries = items(now, "metadata", "managedFields")
    old = items(before, "metadata", "managedFields")
    new = [entry for entry in entries if entry not in old] or entries
    latest: Json = max(new, key=lambda entry: str(entry.get("time")), default={})
    manager = str(latest.get("manager", "?"))
    return manager.partition("/")[0]


@contextmanager
def watching(api: Api, paths: Sequence[str]) -> Iterator[Watched]:
    """All events of the objects below API paths during the block."""
    watched = Watched()
    over = threading.Event()
    threads = [
        threading.Thread(target=follow, args=(api, path, watched, over), daemon=True) for path in paths
    ]
    for thread in threads:
        thread.start()
    try:
        yield watched
    finally:
        over.set()


def follow(api: Api, path: str, watched: Watched, over: threading.Event) -> None:
    """Add each event of the objects below an API path, until it is over."""
    version = api.get(path)["metadata"]["resourceVersion"]
    url = f"{api.server}{path}?watch=1&resourceVersion={version}&timeoutSeconds=3600"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {api.token}"})  # noqa: S310  # https.
    with suppress(OSError), urllib.request.urlopen(request, context=api.context) as response:  # noqa: S310
        for line in response:
            event: dict[str, Any] = json.loads(line)
            with watched.lock:
                watched.seen.append((time.time(), event["type"], event["object"]))
            if over.is_set():
                return
