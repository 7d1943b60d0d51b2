"""Why overrides are refused: the Platform doesn't allow them, there is no such object, or the patch is wrong.

An object that the app waits for counts as there. So no override is refused today for an object that comes
tomorrow.
"""

import difflib
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase

from function.api.nodeapp import Spec
from function.app import Object, Observed, Part
from function.compose import composed, read
from function.facts import Facts
from function.overrides import faults, short
from function.place import Manifest, Place

ASK = "take it out, or ask the platform team to allow it"


def problems(place: Place, asked: Spec, facts: Facts) -> Iterator[str]:
    """Why overrides are refused: sentences that begin with the override's path."""
    if not asked.overrides:
        return
    allowed, objects = place.platform.overrides, possible(place, asked, facts)
    for key, patch in sorted(asked.overrides.items()):
        where = f"spec.overrides.{short(key)}"
        if not any(fnmatchcase(key, each) for each in allowed):
            known = ", ".join(allowed) or "none"
            yield f"{where}: isn't among the Platform's overrides, which allow {known}; {ASK}"
        elif key not in objects:
            yield f"{where}: {absent(key, objects)}"
        else:
            yield from (f"{where}{fault}" for fault in faults(objects[key], patch))


def absent(key: str, objects: Collection[str]) -> str:
    """Why there is nothing to override, and what there is."""
    near = difflib.get_close_matches(key, objects, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"this app has no such object, but {', '.join(sorted(objects))}{hint}"


def possible(place: Place, asked: Spec, facts: Facts) -> dict[str, Manifest]:
    """All objects that an app has or waits for, by key.

    Those that it waits for are composed as if all parts had an image, and nothing were there that stands in
    the way.
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
    """The parts where nothing exists yet, and each lookup has found nothing.

    One answer leads to the next lookup: first whether the cluster has an API, then the objects of it.
    """
    answers: dict[str, Sequence[Object]] = {}
    while True:
        _, parts, _ = composed(place, asked, read(Observed({}, {}, answers)))
        lookups = {name: () for part in parts for name in part.lookups}
        if lookups.keys() <= answers.keys():
            return parts
        answers |= lookups
