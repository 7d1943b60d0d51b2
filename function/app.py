"""What goes round: what components read (Place, App, Seen) and what they hand back (Part, Report)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from function.names import BACKSTAGE, TEAM

if TYPE_CHECKING:  # A slice and its builder share a file, so the whole spec is known here by name only.
    from function.platform import Platform, Profile
    from function.spec import Kept, Spec

Manifest = dict[str, Any]
"""A Kubernetes object we desire, written as its YAML reads. None means "no opinion"."""

Object = Mapping[str, Any]
"""A Kubernetes object as observed. Read only."""


SHORT = {"database": "db"}
"""Components that are short in names: CloudNativePG appends to a Cluster's own."""


@dataclass(frozen=True, slots=True)
class Composite:
    """The composite resource (XR) an app is composed for.

    `claimed`: it stands behind a claim. `namespaced`: it is the NodeApp itself (the modern style).
    """

    api_version: str
    kind: str
    name: str
    claimed: bool
    namespaced: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Who an app is and where it runs: all that resolving a spec may read besides the spec."""

    name: str
    namespace: str
    team: str
    composite: Composite
    platform: Platform
    profile: Profile

    def named(self, component: str) -> str:
        """The name of this app's objects of one component."""
        return f"{self.name}-{SHORT.get(component, component)}"

    def selector(self, component: str) -> dict[str, str]:
        """The one label that selects the pods of a component, for ever: a Deployment's can't change."""
        return {"app.kubernetes.io/instance": self.named(component)}

    def family(self) -> dict[str, str]:
        """Labels by which people and tools find everything of this app, also on pods of others' making."""
        return {"app.kubernetes.io/part-of": self.name, BACKSTAGE: self.name, TEAM: self.team}

    def labels(self, component: str) -> dict[str, str]:
        """Labels of one component's objects and pods."""
        return {
            **self.selector(component),
            **self.family(),
            "app.kubernetes.io/name": self.name,
            "app.kubernetes.io/component": component,
            "app.kubernetes.io/managed-by": "crossplane",
        }

    def metadata(self, component: str, **more: Any) -> Manifest:
        """Metadata of a component's object. `compose.finish` adds what all objects carry."""
        return {
            "name": self.named(component),
            "namespace": self.namespace,
            "labels": self.labels(component),
            **more,
        }


@dataclass(frozen=True, slots=True)
class App(Place):
    """All that a builder reads: never what is observed. Every field follows from the memo's key."""

    asked: Spec
    """As the developer wrote it, for records of what was asked."""
    spec: Spec
    """Effective: profile, platform and holds are in it. Made by copy, never validated again."""
    kept: Kept
    """Facts of what exists, for what has no field in the spec."""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that Crossplane shows. `read` sees it before the memo, reports after it, nothing else."""

    xr: Object
    objects: Mapping[str, Object]
    """Composed resources, by key."""
    found: Mapping[str, Sequence[Object]]
    """What lookups brought, by name. A missing name isn't answered yet, an empty one found nothing."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """An object to look up that this app may not have composed: the language of requirements."""

    api_version: str
    kind: str
    name: str
    namespace: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the composite and its claim. The message is for a person."""

    type: str
    ok: bool
    reason: str
    message: str = ""

    @property
    def gates(self) -> bool:
        """Whether the app isn't Ready while this isn't ok."""
        return self.type == "Accepted" or self.type.endswith("Ready")

    @classmethod
    def working(cls, type_: str, why: Why, good: str = "Available") -> Condition:
        """True, or the first reason why an object of the part isn't ready."""
        problem = next(filter(None, why.values()), None)
        return cls(type_, problem is None, *(problem or (good, "")))


PROGRESSING, NOT_READY, NOT_APPLICABLE = "Progressing", "NotReady", "NotApplicable"
"""Reasons of conditions that more than one part gives. Progressing only waits, which is no event."""
WAITING_FOR_DATABASE = "WaitingForDatabase"
"""Of a part that can't work without it: the database's own condition says what is wrong."""


class Problem(NamedTuple):
    """Why an object isn't ready: the reason of its part's condition, and a sentence."""

    reason: str
    message: str


Why = Mapping[str, Problem | None]
"""Key of one of the part's own objects → why it isn't ready. Sorted by key."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell once, not on every call. It becomes a Kubernetes event."""

    reason: str
    message: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What one part says about itself now."""

    conditions: Sequence[Condition] = ()
    status: Mapping[str, Any] = field(default_factory=dict)
    events: Sequence[Event] = ()


Reporter = Callable[[Seen, Why], Report]
"""Called on every call. What it closes over is in the memo, so nothing it closes over is observed."""

Check = Callable[[Object], str]
"""Why an observed object isn't ready, a sentence; empty when it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """All that a component hands back."""

    resources: Mapping[str, Manifest]
    """Desired objects by key. A key is for ever: Crossplane deletes an object whose key goes."""
    report: Reporter
    checks: Mapping[str, Check] = field(default_factory=dict)
    """Readiness by key, where the table in `ready` doesn't know enough."""
    lookups: Mapping[str, Lookup] = field(default_factory=dict)


def not_applicable(type_: str, message: str = "") -> Condition:
    """The condition of what isn't asked for. It is True: nothing is missing."""
    return Condition(type_, ok=True, reason=NOT_APPLICABLE, message=message)


def absent(type_: str, message: str = "") -> Part:
    """A part that isn't asked for: no objects, and a condition that goes on as NotApplicable."""
    return Part({}, lambda seen, why: Report([not_applicable(type_, message)]))
