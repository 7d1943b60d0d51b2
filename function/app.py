"""What components read (App, Observed), what they hand back (Part), and what they are (Component)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from function.api.nodeapp import Spec
from function.effective import EffectiveSpec
from function.facts import Facts
from function.place import Manifest, Place
from function.report import ConditionType, Problem, Report, Why

T = TypeVar("T")

Object = Mapping[str, Any]
"""A Kubernetes object as observed. Read only."""


@dataclass(frozen=True, slots=True)
class App(Place):
    """All that a builder reads. It holds nothing observed, so equal questions give equal Apps."""

    asked: Spec
    """The spec as the developer wrote it: it tells what was asked for explicitly."""
    spec: EffectiveSpec
    """The spec in force."""
    facts: Facts
    """What exists and decides, where the spec has no field for it."""


@dataclass(frozen=True, slots=True)
class Observed:
    """All objects that Crossplane sends. Only `read` and reporters see them."""

    xr: Object
    composed: Mapping[str, Object]
    """Composed resources, by key."""
    required: Mapping[str, Sequence[Object]]
    """Required resources, by the requirement's name. A missing name: not answered yet. Empty: none exists."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A requirement: what Crossplane fetches for the function, whoever made it.

    It is the object of a name, or else all objects that have the labels.
    """

    api_version: str
    kind: str
    name: str = ""
    namespace: str | None = None
    """None: that of a cluster-scoped object, or all namespaces."""
    labels: tuple[tuple[str, str], ...] = ()


Reporter = Callable[[Observed, Why], Report]
"""Called for every request with something new in it. The arguments bound to it are memoized with the plan."""


class Bound(partial[T]):
    """A function with some of its arguments, for reporters and checks. Equal ones say the same.

    So what one of a former plan said still holds, as long as it reads what it read then.
    """

    def content(self) -> tuple[Any, ...]:
        """The function and its arguments."""
        return self.func, self.args, self.keywords

    def __eq__(self, other: object) -> bool:
        """Whether it is the same function, with equal arguments."""
        return isinstance(other, Bound) and self.content() == other.content()

    __hash__ = None  # type: ignore[assignment]  # Its arguments have none.


Check = Callable[[Object], str | Problem | None]
"""Why an observed object isn't ready: a sentence, or a problem with a reason of its own. Empty when it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """All that a component composes and reports."""

    resources: Mapping[str, Manifest] = field(default_factory=dict)
    """Desired objects by key. A key never changes: when it disappears, Crossplane deletes its object."""
    report: Reporter = lambda observed, why: Report()
    checks: Mapping[str, Check] = field(default_factory=dict)
    """Readiness checks by key, for objects that need another one than their kind has in `ready`."""
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    kept: Sequence[str] = ()
    """Sentences about what stays as it is, although a default is now another. SpecHonored says them and stays
    True, since nothing that is written is left out."""


def absent(condition: ConditionType, message: str = "") -> Part:
    """The part of a component that isn't asked for: no objects, and its condition as NotApplicable."""
    return Part(report=lambda observed, why: Report([condition.not_applicable(message)]))


F = TypeVar("F")
"""A component's facts; None where it has none."""
E = TypeVar("E")
"""A component's slice of the effective spec."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Generic[E, F]):
    """A component: its condition and its functions. `compose` loops over these and knows none by name."""

    name: str
    """Its field in EffectiveSpec, and in Facts where it reads some."""
    build: Callable[[App], Part]
    condition: ConditionType | None = None
    """The condition that it always reports."""
    read: Callable[[Observed], F] | None = None
    """Reads its facts: what exists and decides what is desired."""
    problems: Callable[[Place, Spec, F], list[str]] | None = None
    """Why the asked spec is refused, by policy or by what exists: sentences that begin with the field's path.
    A spec that equals the accepted one stays in force anyway."""
    tolerated: Callable[[Place, Spec, F], list[str]] | None = None
    """What runs against the platform's policy and refuses no edit, as it runs anyway: such sentences too."""
    resolve: Callable[[Place, Spec, F], tuple[E, list[str]]] | None = None
    """Its slice of the spec in force, and a sentence for each thing that is held."""
    idle: Callable[[F], Part] | None = None
    """Its part while nothing is composed, if that reports more than NotApplicable."""
