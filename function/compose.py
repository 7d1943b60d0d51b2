"""The list of components, and the loops over it."""

from collections.abc import Callable, Hashable
from typing import Any

from function.api.nodeapp import Spec
from function.app import App, Component, Observed, Part, absent
from function.components.backend import BACKEND
from function.components.database import BACKUP, DATABASE
from function.components.frontend import FRONTEND
from function.components.jobs import JOBS
from function.components.monitoring import MONITORING
from function.components.namespace import NAMESPACE_TEAM
from function.components.protection import PROTECTION
from function.components.route import ROUTE
from function.components.secret_store import SECRETS
from function.components.workers import WORKERS
from function.effective import EffectiveSpec
from function.facts import Facts
from function.place import Place

COMPONENTS: tuple[Component[Any, Any], ...] = (
    DATABASE,
    SECRETS,
    BACKEND,
    WORKERS,
    JOBS,
    FRONTEND,
    ROUTE,
    BACKUP,
    MONITORING,
    PROTECTION,
    NAMESPACE_TEAM,
)
"""In the order in which conditions and messages are reported: causes before effects."""

LEVEL = 1
"""Raised by a release that composes keys which the release before doesn't know.

It is recorded in each app's status. A function of a lower level changes nothing there: Crossplane would
delete every object whose key it doesn't know, such as a pooler or the schedule of the backups.
tests/levels.yaml has the keys of each level.
"""

Recall = Callable[[Hashable, Callable[[Observed], Any], Observed], Any]
"""Gives what a function reads in what is observed, such as a component's facts by the component's name."""


def afresh(_: Hashable, read: Callable[[Observed], Any], observed: Observed) -> Any:
    """Read, and remember nothing."""
    return read(observed)


def read(observed: Observed, recall: Recall = afresh) -> Facts:
    """The facts of what exists that decide what is desired. `recall` may know a component's already."""
    return Facts(**{each.name: recall(each.name, each.read, observed) for each in COMPONENTS if each.read})


def problems(place: Place, asked: Spec, facts: Facts) -> list[str]:
    """Why the asked spec is refused by its components: sentences that begin with the field's path."""
    return [
        message
        for each in COMPONENTS
        if each.problems
        for message in each.problems(place, asked, getattr(facts, each.name, None))
    ]


def tolerated(place: Place, asked: Spec, facts: Facts) -> list[str]:
    """What runs against the platform's policy and refuses no edit: such sentences too."""
    return [
        message
        for each in COMPONENTS
        if each.tolerated
        for message in each.tolerated(place, asked, getattr(facts, each.name, None))
    ]


def resolve(place: Place, asked: Spec, facts: Facts) -> tuple[EffectiveSpec, list[str]]:
    """The spec in force, and a sentence for each thing that is held."""
    resolved = {
        each.name: each.resolve(place, asked, getattr(facts, each.name, None))
        for each in COMPONENTS
        if each.resolve
    }
    held = [message for _, messages in resolved.values() for message in messages]
    return EffectiveSpec(**{name: effective for name, (effective, _) in resolved.items()}), held


def composed(place: Place, asked: Spec, facts: Facts) -> tuple[App, list[Part], list[str]]:
    """An app with its spec in force, what it composes, and a sentence for each thing that is held."""
    effective, held = resolve(place, asked, facts)
    app = App(
        place.name, place.namespace, place.team, place.composite, place.platform, place.defaults,
        asked=asked, spec=effective, facts=facts,
    )  # fmt: skip
    return app, parts(app), held


def parts(app: App) -> list[Part]:
    """The part of every component."""
    return [each.build(app) for each in COMPONENTS]


def idle(facts: Facts) -> list[Part]:
    """The parts while nothing is composed: conditions are NotApplicable, and a recorded database stays
    recorded."""
    return [
        each.idle(getattr(facts, each.name)) if each.idle else absent(each.condition)
        for each in COMPONENTS
        if each.condition
    ]
