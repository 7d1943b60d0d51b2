"""The table of contents of the product, and what is done to every object once."""

import hashlib
import json
from typing import Any

from function.api.names import HASH
from function.api.nodeapp import Spec
from function.app import App, Component, Observed, Part, absent
from function.components.backend import BACKEND
from function.components.database import BACKUP, DATABASE
from function.components.frontend import FRONTEND
from function.components.monitoring import MONITORING
from function.components.protection import PROTECTION
from function.components.route import ROUTE
from function.effective import EffectiveSpec
from function.facts import Facts
from function.place import Manifest, Place

COMPONENTS: tuple[Component[Any, Any], ...] = (
    DATABASE,
    BACKEND,
    FRONTEND,
    ROUTE,
    BACKUP,
    MONITORING,
    PROTECTION,
)
"""In the order in which conditions and messages are reported: causes before effects."""

CANONICAL = json.JSONEncoder(sort_keys=True, check_circular=False).encode
"""A manifest as text that is equal where it is equal."""
NESTED = (dict, list, tuple)
"""What may have a None in it."""


def read(observed: Observed) -> Facts:
    """The facts of what exists that decide what is desired."""
    return Facts(**{each.name: each.read(observed) for each in COMPONENTS if each.read})


def problems(place: Place, asked: Spec, facts: Facts) -> list[str]:
    """What speaks against what is asked: sentences that begin with the field's path."""
    return [
        message
        for each in COMPONENTS
        if each.problems
        for message in each.problems(place, asked, getattr(facts, each.name, None))
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


def parts(app: App) -> list[Part]:
    """What every component composes."""
    return [each.build(app) for each in COMPONENTS]


def idle(facts: Facts) -> list[Part]:
    """What is still said while nothing is composed: conditions go on as NotApplicable, and a database on
    record stays on record."""
    return [
        each.idle(getattr(facts, each.name)) if each.idle else absent(each.condition)
        for each in COMPONENTS
        if each.condition
    ]


def finish(app: App, manifest: Manifest) -> Manifest:
    """An object as it is applied: with the platform's labels, without Nones, with the hash of all that."""
    metadata = manifest["metadata"]
    labels = app.platform.labels | metadata["labels"]
    whole: Manifest = prune(manifest | {"metadata": metadata | {"labels": labels}})
    digest = hashlib.sha256(CANONICAL(whole).encode()).hexdigest()[:10]
    whole["metadata"]["annotations"] = whole["metadata"].get("annotations", {}) | {HASH: digest}
    return whole


def prune(value: Any) -> Any:
    """Without every None: a null would be applied, and own the field. Empty maps mean something, and stay."""
    if isinstance(value, dict):
        return {
            key: prune(item) if isinstance(item, NESTED) else item
            for key, item in value.items()
            if item is not None
        }
    return [prune(item) for item in value] if isinstance(value, list | tuple) else value
