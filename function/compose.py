"""The list of components, the loops over it, and the last step for every object."""

import hashlib
import json
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from function import overrides
from function.api.names import HASH, LATER_RECORDS
from function.api.nodeapp import Spec
from function.app import App, Component, Object, Observed, Part, absent
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
from function.place import Manifest, Place

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

CANONICAL = json.JSONEncoder(sort_keys=True, check_circular=False).encode
"""Encodes a manifest as text: equal manifests give equal text."""


def afresh(_: Hashable, read: Callable[[Observed], Any], observed: Observed) -> Any:
    """Read, and remember nothing."""
    return read(observed)


def read(observed: Observed, recall: Recall = afresh) -> Facts:
    """The facts of what exists that decide what is desired. `recall` may know a component's already."""
    return Facts(**{each.name: recall(each.name, each.read, observed) for each in COMPONENTS if each.read})


def problems(place: Place, asked: Spec, facts: Facts) -> list[str]:
    """Why the asked spec is refused: sentences that begin with the field's path."""
    of_components = [
        message
        for each in COMPONENTS
        if each.problems
        for message in each.problems(place, asked, getattr(facts, each.name, None))
    ]
    if not asked.overrides:
        return of_components
    return [*of_components, *overrides.problems(place, asked.overrides, possible(place, asked, facts))]


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


def possible(place: Place, asked: Spec, facts: Facts) -> dict[str, Manifest]:
    """All objects that an app has or waits for, by key.

    Those that it waits for are composed as if all parts had an image, and nothing were there that stands in
    the way: so an override isn't refused today for an object that comes tomorrow.
    """
    lacking = {
        name: part.model_copy(update={"image": "any:1"})
        for name, part in (("frontend", asked.frontend), ("backend", asked.backend))
        if part is not None and part.image is None
    }
    complete = asked.model_copy(update=lacking)
    _, now, _ = composed(place, asked, facts)
    return {
        key: each for part in (*undisturbed(place, complete), *now) for key, each in part.resources.items()
    }


def undisturbed(place: Place, asked: Spec) -> list[Part]:
    """The parts where nothing exists yet, and each lookup has found nothing. One answer leads to the next
    lookup: first whether the cluster has an API, then the objects of it."""
    answers: dict[str, Sequence[Object]] = {}
    while True:
        _, parts_now, _ = composed(place, asked, read(Observed({}, {}, answers)))
        lookups = {name: () for part in parts_now for name in part.lookups}
        if lookups.keys() <= answers.keys():
            return parts_now
        answers |= lookups


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


def finish(app: App, key: str, manifest: Manifest) -> Manifest:
    """An object as it is applied: with the platform's labels, overridden, and with its hash.

    A None in it counts for the hash, but isn't applied: a null would own the field.
    LATER_RECORDS don't count.
    """
    metadata = manifest["metadata"]
    whole = manifest | {"metadata": metadata | {"labels": app.platform.labels | metadata["labels"]}}
    whole = overrides.applied(whole, app.asked.overrides.get(key))
    metadata = whole["metadata"]
    annotations = metadata.get("annotations") or {}
    records = {name: annotations[name] for name in LATER_RECORDS if name in annotations}
    if records:
        metadata["annotations"] = {name: each for name, each in annotations.items() if name not in records}
    # Ten digits are 40 bits: that an edit leaves the hash unchanged has odds of one to a million million.
    digest = hashlib.sha256(CANONICAL(whole).encode()).hexdigest()[:10]
    metadata["annotations"] = annotations | {HASH: digest}
    return whole
