"""The table of contents of the product, and what is done to every object once."""

import hashlib
import json
from typing import Any

from function.app import App, Manifest, Part, Place, Seen, absent
from function.components import backend, database, frontend, monitoring, protection, route
from function.components.database import backup
from function.names import HASH
from function.spec import Kept, Spec

COMPONENTS = (database, backend, frontend, route, backup, monitoring, protection)
"""In the order in which their conditions and messages are told: causes before effects."""

CANONICAL = json.JSONEncoder(sort_keys=True, check_circular=False).encode
"""A manifest as text that is equal where it is equal."""
NESTED = (dict, list, tuple)
"""What may have a None in it."""


def read(seen: Seen) -> Kept:
    """The facts of what exists that decide what is desired."""
    return Kept(frontend.read(seen), backend.read(seen), database.read(seen))


def problems(place: Place, asked: Spec) -> list[str]:
    """What the platform has against what is asked: sentences that name the field."""
    data = database.problems(place, asked.database) if asked.database else []
    return [*data, *route.problems(place, asked)]


def resolve(place: Place, asked: Spec, kept: Kept) -> tuple[Spec, list[str]]:
    """The spec in force, and what of the asked one is held, in words."""
    data, held_data = database.resolve(place, asked.database, kept.database)
    back, held_back = backend.resolve(place, asked.backend, kept.backend)
    front, held_front = frontend.resolve(place, asked.frontend, kept.frontend)
    update = {"database": data, "backend": back, "frontend": front, "ingress": route.resolve(place, asked)}
    return asked.model_copy(update=update), [*held_data, *held_back, *held_front]


def parts(app: App) -> list[Part]:
    """What every component composes."""
    return [component.build(app) for component in COMPONENTS]


def idle(kept: Kept) -> list[Part]:
    """What is still said while nothing is composed: a database on record stays on record, and nothing is
    left to be true of what there was before."""
    data = database.remembered(kept.database) if kept.database.uid else absent(database.CONDITION)
    return [data, *(absent(part.CONDITION) for part in (backend, frontend, route, backup, monitoring))]


def finish(app: App, manifest: Manifest) -> Manifest:
    """An object as it is applied: with the platform's labels, without Nones, with the hash of all that."""
    metadata = manifest["metadata"]
    labels = app.platform.labels | metadata["labels"]
    done: Manifest = prune(manifest | {"metadata": metadata | {"labels": labels}})
    digest = hashlib.sha256(CANONICAL(done).encode()).hexdigest()[:10]
    done["metadata"]["annotations"] = done["metadata"].get("annotations", {}) | {HASH: digest}
    return done


def prune(value: Any) -> Any:
    """Without every None: a null would be applied, and own the field. Empty maps mean something, and stay."""
    if isinstance(value, dict):
        return {
            key: prune(item) if isinstance(item, NESTED) else item
            for key, item in value.items()
            if item is not None
        }
    return [prune(item) for item in value] if isinstance(value, list | tuple) else value
