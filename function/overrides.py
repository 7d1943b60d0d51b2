"""Overrides: merge patches of composed objects, for what the API has no field for.

They are applied last, and only if they change nothing but what `overridable` lists.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from function import shapes
from function.api.fields import LABEL_VALUE, QUALIFIED
from function.conflicts import conflicts
from function.overridable import RESERVED_ANNOTATIONS, RESERVED_LABELS, Path, fields, is_reserved
from function.patch import merge
from function.place import Manifest
from function.read import at

Patch = Mapping[str, Any]

LONGEST = 100
"""Characters of a key in a message: more than the keys of Kubernetes and of annotations have."""


def applied(manifest: Manifest, patch: Patch | None) -> Manifest:
    """An object with its override.

    One that may not be is left out, whoever accepted it: an older function, or who may write a status.
    """
    if not patch or any(faults(manifest, patch)):
        return manifest
    overridden: Manifest = merge(manifest, patch)
    return overridden


def faults(manifest: Manifest, patch: Patch) -> Iterator[str]:
    """What a patch may not do to an object: the end of a path, and a sentence. Each place is named once.

    What the object is like as a whole is judged if no part of the patch is at fault.
    """
    seen = set()
    of_leaves = (fault for path, value in leaves(patch) for fault in faults_of_leaf(manifest, path, value))
    for where, sentence in of_leaves:
        if where not in seen:
            seen.add(where)
            yield named(where, sentence)
    if not seen:
        for where, sentence in conflicts(manifest["kind"], merge(manifest, patch)):
            yield named(where, sentence)


def named(where: Path, sentence: str) -> str:
    """A sentence behind the end of a path."""
    return f"{''.join(f'.{short(step)}' for step in where)}: {sentence}"


def faults_of_leaf(manifest: Manifest, path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """Where and why one value of a patch may not be."""
    kind = manifest["kind"]
    field = next((each for each in fields(kind) if path[: len(each)] == each), None)
    if field is None:
        yield outside(kind, path)
    elif field[-1] in ("labels", "annotations"):
        if sentence := wrong_item(field, path, value):
            yield path, sentence
    elif sentence := misshapen(manifest, path, value):
        yield path, sentence
    else:
        yield from shapes.misfits(kind, field, path, value)


def leaves(patch: Patch, *above: str) -> Iterator[tuple[Path, Any]]:
    """Path and value of everything that a patch sets, removes or replaces. An empty map is a value too: it
    replaces what is no map."""
    for key, value in patch.items():
        if isinstance(value, Mapping) and value:
            yield from leaves(value, *above, key)
        else:
            yield (*above, key), value


def outside(kind: str, path: Path) -> tuple[Path, str]:
    """The first step of a path that leads to nothing that may be overridden, and what may be beside it."""
    known = fields(kind)
    if beside := sorted({each[len(path)] for each in known if each[: len(path)] == path}):
        return (
            path,
            f"must be a map with some of what an override of kind {kind} may change: {', '.join(beside)}",
        )
    depth = max(
        length for length in range(len(path)) if any(each[:length] == path[:length] for each in known)
    )
    beside = sorted({each[depth] for each in known if each[:depth] == path[:depth] and len(each) > depth})
    parent = f" of {'.'.join(path[:depth])}" if depth else ""
    allowed = f"an override of kind {kind} may change{parent} only {', '.join(beside)}"
    return path[: depth + 1], f"can't be overridden; {allowed}"


def wrong_item(field: Path, path: Path, value: Any) -> str:
    """Why a label or an annotation can't be overridden; empty if it can."""
    noun = field[-1].removesuffix("s")
    reserved = RESERVED_LABELS if noun == "label" else RESERVED_ANNOTATIONS
    if len(path) == len(field):
        return f"must be a map of {field[-1]}, each with a value, or null to remove it"
    key = path[len(field)]
    if is_reserved(key, reserved):
        return f"can't be overridden: {noun}s of {short(key.partition('/')[0])} aren't the developer's"
    if not re.fullmatch(QUALIFIED, key):
        return f"must be the name of {'a label' if noun == 'label' else 'an annotation'}"
    if len(path) > len(field) + 1 or not isinstance(value, str | None):
        return "must be text; put it in quotes"
    if value and noun == "label" and not re.fullmatch(LABEL_VALUE, value):
        return "must have at most 63 letters, digits, -, _ and ."
    return ""


def misshapen(manifest: Manifest, path: Path, value: Any) -> str:
    """Why a value can't be in a place: it is a map where a list is, or the like. Empty if it can."""
    for length in range(1, len(path)):
        if not isinstance(at(manifest, *path[:length]), Mapping | None):
            return f"can't be there, because {'.'.join(path[:length])} is no map"
    old = at(manifest, *path)
    if None in (old, value) or shape(old) == shape(value):
        return ""
    return f"must be a {shape(old)}, not a {shape(value)}"


def short(key: str) -> str:
    """A key as messages have it: whoever wrote it may have written a long one."""
    return key if len(key) <= LONGEST else f"{key[:LONGEST]}…"


def shape(value: Any) -> str:
    """What a value is: the three can't stand for each other."""
    return (
        "map" if isinstance(value, Mapping) else "list" if isinstance(value, list | tuple) else "single value"
    )
