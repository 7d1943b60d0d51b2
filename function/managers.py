"""Who applied a field of an object: entries of its managedFields."""

import hashlib
from collections.abc import Iterator
from typing import Any

from function.app import Object
from function.read import at, items, text

CROSSPLANE = "apiextensions.crossplane.io/composed/"
"""Begins the name under which Crossplane applies composed objects: FieldOwnerComposedPrefix in
internal/controller/apiextensions/composite of Crossplane 2.3.4."""


def of_xr(xr: Object) -> str:
    """The name under which Crossplane applies the objects of an XR: ComposedFieldOwnerName there.

    The name of the XR is part of it. So what a former XR applied stays that XR's: a field of it stays, too,
    if it isn't stated any more.
    """
    group = (text(xr, "apiVersion") or "").partition("/")[0]
    named = f"{text(xr, 'metadata', 'name')}{text(xr, 'kind')}.{group}"
    return CROSSPLANE + hashlib.sha256(named.encode()).hexdigest()


def managers(found: Object | None, *path: str) -> Iterator[Any]:
    """The entries of managedFields that own a field of an object. `path`: its keys."""
    fields = [f"f:{key}" for key in path]
    for each in items(found, "metadata", "managedFields"):
        if at(each, "fieldsV1", *fields) is not None:
            yield each
