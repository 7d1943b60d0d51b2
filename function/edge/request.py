"""Read a request. Only the fields that are read are decoded."""

import hashlib
from collections.abc import Mapping
from typing import Any

from function import compose
from function.api.names import PLATFORM
from function.api.nodeapp import KEYS
from function.app import Observed
from function.edge.structs import View
from function.identity import identify
from function.plan import Question
from function.read import at, number, plain, text


def observe(request: Any) -> Observed:
    """The objects in a request."""
    return Observed(
        xr=View(request.observed.composite.resource),
        composed={key: View(r.resource) for key, r in request.observed.resources.items()},
        required={
            name: [View(r.resource) for r in rs.items] for name, rs in request.required_resources.items()
        },
    )


def fingerprint(request: Any, observed: Observed) -> bytes | None:
    """A digest of all that a reply depends on, with the versions of the objects in place of the objects.

    Kubernetes changes an object's resourceVersion with every change of it. None: an object has no version,
    as it isn't from a cluster.
    """
    objects = [
        ("xr", observed.xr),
        *((f"composed {key}", each) for key, each in observed.composed.items()),
        *((f"required {name}", each) for name, matches in observed.required.items() for each in matches),
    ]
    versions = []
    for where, each in objects:
        uid, version = text(each, "metadata", "uid"), text(each, "metadata", "resourceVersion")
        if uid is None or version is None:
            return None
        versions.append((where, uid, version))
    # Maps have no order on the wire. A requirement without a match has no version, so the names count too.
    content = (sorted(versions), sorted(observed.required), request.input, request.desired.composite.resource)
    return hashlib.sha256(repr(content).encode()).digest()


def question(request: Any, observed: Observed) -> Question:
    """The question that a request asks.

    Raises Fatal for an XR that isn't ours.
    """
    who = identify(observed.xr)
    platforms = observed.required.get(PLATFORM)
    spec = at(observed.xr, "spec")
    return Question(
        who=who,
        # Crossplane's own keys change, but decide nothing.
        spec=spec.only(KEYS).canonical() if isinstance(spec, View) else b"",
        accepted=encoded(observed.xr, "status", "accepted"),
        platform=(encoded(platforms[0], "spec") or b"") if platforms else None,
        input=encoded(View(request.input), "spec"),
        platform_known=text(observed.xr, "status", "platform", "name") is not None,
        observed=bool(observed.composed),
        level=number(observed.xr, "status", "functionLevel"),
        facts=compose.read(observed),
    )


def encoded(value: Any, *path: str) -> bytes | None:
    """The map at a path, encoded: equal maps give equal bytes. None where there is no map."""
    value = at(value, *path)
    return value.canonical() if isinstance(value, View) else None


def decode(data: bytes) -> Mapping[str, Any]:
    """An encoded map as a dict."""
    value: Mapping[str, Any] = plain(View(data))
    return value
