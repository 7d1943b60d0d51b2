"""What Crossplane shows and asks: nothing of it converted that isn't read."""

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
from function.read import at, plain, text


def observe(request: Any) -> Observed:
    """What a request shows."""
    return Observed(
        xr=View(request.observed.composite.resource),
        composed={key: View(r.resource) for key, r in request.observed.resources.items()},
        required={
            name: [View(r.resource) for r in rs.items] for name, rs in request.required_resources.items()
        },
    )


def fingerprint(request: Any, observed: Observed) -> bytes | None:
    """A digest of all that a reply depends on: the objects by their versions.

    Kubernetes gives an object another resourceVersion with every change of it. None where one has no version,
    as those have that aren't in a cluster.
    """
    objects = [
        ("xr", observed.xr),
        *((f"composed {key}", each) for key, each in observed.composed.items()),
        *((f"required {name}", each) for name, found in observed.required.items() for each in found),
    ]
    versions = []
    for where, each in objects:
        uid, version = text(each, "metadata", "uid"), text(each, "metadata", "resourceVersion")
        if uid is None or version is None:
            return None
        versions.append((where, uid, version))
    # Maps have no order on the wire. What was looked up and not found has no version, but a name.
    shown = (sorted(versions), sorted(observed.required), request.input, request.desired.composite.resource)
    return hashlib.sha256(repr(shown).encode()).digest()


def question(request: Any, observed: Observed) -> Question:
    """The question a request asks: bytes and facts, nothing converted.

    Raises Fatal for an XR that isn't ours.
    """
    who = identify(observed.xr)
    platforms = observed.required.get(PLATFORM)
    spec = at(observed.xr, "spec")
    return Question(
        who=who,
        # Crossplane's own keys change without meaning anything.
        spec=spec.only(KEYS).canonical() if isinstance(spec, View) else b"",
        accepted=encoded(observed.xr, "status", "accepted"),
        platform=(encoded(platforms[0], "spec") or b"") if platforms else None,
        input=encoded(View(request.input), "spec"),
        platform_known=text(observed.xr, "status", "platform", "name") is not None,
        observed=bool(observed.composed),
        facts=compose.read(observed),
    )


def encoded(value: Any, *path: str) -> bytes | None:
    """The map at a path as bytes that are equal where it is equal; None where there is none."""
    value = at(value, *path)
    return value.canonical() if isinstance(value, View) else None


def decode(data: bytes) -> Mapping[str, Any]:
    """An encoded map as a dict."""
    value: Mapping[str, Any] = plain(View(data))
    return value
