"""What the cluster shows of an app, and what is concluded from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from function.app import Object
from function.read import text

CROSSPLANES = ("Synced", "Ready", "Healthy", "UpToDate", "Responsive")
"""Conditions that Crossplane writes, about the whole app."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """What couldn't be asked for."""

    what: str
    reason: str
    command: str
    """With it somebody with more rights sees it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The objects of an app, as kubectl prints them."""

    app: Object
    """The NodeApp."""
    composite: Object | None
    """Its XR: in the modern style the NodeApp itself. None if there is none, or it may not be seen."""
    objects: Mapping[str, Sequence[Object]] = field(default_factory=dict)
    """Pods, ReplicaSets, Jobs and Clusters, by kind."""
    events: Sequence[Object] = ()
    """The events about all of them, the oldest first."""
    unseen: Sequence[Unseen] = ()
    missing: Sequence[str] = ()
    """Kinds that the cluster doesn't have."""
    remaining: Sequence[Object] = ()
    """Of an app that was deleted: the composed objects that are there still."""

    @property
    def name(self) -> str:
        """Name of the app."""
        return text(self.app, "metadata", "name") or ""

    @property
    def namespace(self) -> str:
        """Namespace of the app."""
        return text(self.app, "metadata", "namespace") or ""

    def about(self, *of: Object) -> list[Object]:
        """The events about objects, the oldest first."""
        uids = {text(each, "metadata", "uid") for each in of}
        return [event for event in self.events if text(event, "involvedObject", "uid") in uids]


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why an app isn't ready."""

    part: str
    """Of the app, such as backend."""
    message: str
    command: str
    """The next one to type."""
    holds_back: bool = True
    """Whether the app isn't ready because of it."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is the matter with an app."""

    ready: bool
    summary: str
    """In one sentence."""
    causes: Sequence[Cause]
    """The most important first."""
    conditions: Sequence[Mapping[str, str]]
    """type, status, reason and message of each."""
    events: Sequence[str]
    """The last ones, the newest last, each in a line."""
    unseen: Sequence[Unseen]


def when(event: Mapping[str, object]) -> str:
    """The second of an event, which sorts by itself. Events of the new API have it elsewhere, and exacter."""
    times = (
        ("series", "lastObservedTime"),
        ("lastTimestamp",),
        ("eventTime",),
        ("metadata", "creationTimestamp"),
    )
    found = next((found for path in times if (found := text(event, *path))), "")
    return f"{found.removesuffix('Z').partition('.')[0]}Z" if found else ""
