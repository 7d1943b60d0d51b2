"""What components read (App, Observed), what they hand back (Part), and what they are (Component)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from function.api.nodeapp import Spec
from function.effective import EffectiveSpec
from function.facts import Facts
from function.place import Manifest, Place
from function.report import ConditionType, Report, Why

Object = Mapping[str, Any]
"""A Kubernetes object as observed. Read only."""


@dataclass(frozen=True, slots=True)
class App(Place):
    """All that a builder reads: never what is observed. Equal questions give equal Apps."""

    asked: Spec
    """As the developer wrote it, for records of what was asked."""
    spec: EffectiveSpec
    """What is in force."""
    facts: Facts
    """What exists, for what has no field in the spec."""


@dataclass(frozen=True, slots=True)
class Observed:
    """All that Crossplane shows. `read` and reports see it, and nothing else does."""

    xr: Object
    composed: Mapping[str, Object]
    """Composed resources, by key."""
    required: Mapping[str, Sequence[Object]]
    """Required resources, by the requirement's name. A missing name: not answered yet. Empty: none exists."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """An object that the function requires, which this app may not have composed."""

    api_version: str
    kind: str
    name: str
    namespace: str | None = None


Reporter = Callable[[Observed, Why], Report]
"""Called for every request that shows something new. What it closes over is memoized with the plan."""

Check = Callable[[Object], str]
"""Why an observed object isn't ready, a sentence; empty when it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """All that a component composes and says."""

    resources: Mapping[str, Manifest] = field(default_factory=dict)
    """Desired objects by key. A key is for ever: Crossplane deletes an object whose key goes."""
    report: Reporter = lambda observed, why: Report()
    checks: Mapping[str, Check] = field(default_factory=dict)
    """Readiness by key, where the table in `ready` doesn't know enough."""
    lookups: Mapping[str, Lookup] = field(default_factory=dict)


def absent(condition: ConditionType, message: str = "") -> Part:
    """A part that isn't asked for: no objects, and a condition that goes on as NotApplicable."""
    return Part(report=lambda observed, why: Report([condition.not_applicable(message)]))


F = TypeVar("F")
"""A component's facts; None where it has none."""
E = TypeVar("E")
"""A component's slice of the effective spec."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Generic[E, F]):
    """All that a component is. `compose` loops over these and knows no component by name."""

    name: str
    """Its field in EffectiveSpec, and in Facts where it reads some."""
    build: Callable[[App], Part]
    condition: ConditionType | None = None
    """The condition that it always reports."""
    read: Callable[[Observed], F] | None = None
    """Its facts: what exists and decides."""
    problems: Callable[[Place, Spec, F], list[str]] | None = None
    """What speaks against what is asked, be it policy or what exists: sentences that begin with the field's
    path. A spec equal to the accepted one runs all the same."""
    resolve: Callable[[Place, Spec, F], tuple[E, list[str]]] | None = None
    """Its slice of the spec in force, and a sentence for each thing that is held."""
    idle: Callable[[F], Part] | None = None
    """What is still said while nothing is composed, where that is more than NotApplicable."""
