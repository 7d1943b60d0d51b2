"""The versions of all that a reply depends on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from function.app import Observed
from function.edge.seen import Difference, difference


@dataclass(frozen=True, slots=True)
class Versions:
    """All that a reply depends on, with the versions of the objects in place of the objects."""

    xr: str | None
    composed: Mapping[str, str | None]
    """By key."""
    required: Mapping[str, tuple[str | None, ...]]
    """By the requirement's name. Empty: it was looked up, and none exists."""
    rest: bytes
    """A digest of the XR as earlier steps desire it, and of their objects' readiness."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The objects that have another version than at an earlier call, and those that came or went."""

    composed: Difference
    required: Difference


def changes(before: Versions, now: Versions) -> Changes:
    """What has changed between two calls, besides the XR."""
    return Changes(difference(before.composed, now.composed), difference(before.required, now.required))


UNVERSIONED = Versions(None, {}, {}, b"")
"""Of a request that isn't from a cluster: its objects have no versions, and nothing is remembered of it."""


def versions(request: Any, observed: Observed) -> Versions | None:
    """The versions of all that a reply depends on. None: an object has none, as it isn't from a cluster."""
    xr = version(observed.xr)
    composed = {intern(key): version(each) for key, each in observed.composed.items()}
    required = {name: tuple(map(version, matches)) for name, matches in observed.required.items()}
    if None in (xr, *composed.values(), *(each for matches in required.values() for each in matches)):
        return None
    earlier = (request.desired.composite.ready, request.desired.composite.resource, marks(request.desired))
    content = repr(earlier)
    return Versions(xr, composed, required, hashlib.sha256(content.encode()).digest())


def marks(desired: Any) -> list[tuple[str, int]]:
    """Key and readiness mark of each object that earlier steps of the pipeline desire, by key."""
    return sorted((key, resource.ready) for key, resource in desired.resources.items())


def version(observed: Any) -> str | None:
    """An object's uid and resourceVersion. Kubernetes changes the latter with every change of it."""
    uid, resource_version = observed.texts("metadata", "uid", "resourceVersion")
    return f"{uid} {resource_version}" if uid and resource_version else None
