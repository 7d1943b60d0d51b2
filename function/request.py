"""What Crossplane shows and asks: nothing of it converted that isn't read."""

import hashlib
from collections.abc import Mapping
from typing import Any

from function import compose
from function.app import Seen
from function.identity import identify
from function.names import PLATFORM
from function.plan import Question
from function.read import at, text
from function.spec import KEYS
from function.view import View, plain


def look(request: Any) -> Seen:
    """What a request shows."""
    return Seen(
        xr=View(request.observed.composite.resource),
        objects={key: View(r.resource) for key, r in request.observed.resources.items()},
        found={name: [View(r.resource) for r in rs.items] for name, rs in request.required_resources.items()},
    )


def fingerprint(request: Any, seen: Seen) -> bytes | None:
    """All that an answer depends on, in short: the objects by their versions.

    Kubernetes gives an object another resourceVersion with every change of it. None where one has no version,
    as those have that aren't in a cluster.
    """
    objects = [
        ("xr", seen.xr),
        *((f"object {key}", each) for key, each in seen.objects.items()),
        *((f"found {name}", each) for name, found in seen.found.items() for each in found),
    ]
    versions = []
    for where, each in objects:
        uid, version = text(each, "metadata", "uid"), text(each, "metadata", "resourceVersion")
        if uid is None or version is None:
            return None
        versions.append((where, uid, version))
    # Maps have no order on the wire. What was looked up and not found has no version, but a name.
    shown = (sorted(versions), sorted(seen.found), request.input, request.desired.composite.resource)
    return hashlib.sha256(repr(shown).encode()).digest()


def ask(request: Any, seen: Seen) -> Question:
    """The question a request asks: bytes and facts, nothing converted.

    Raises Fatal for an XR that isn't ours.
    """
    who = identify(seen.xr)
    platforms = seen.found.get(PLATFORM)
    spec = at(seen.xr, "spec")
    return Question(
        who=who,
        # Crossplane's own keys change without meaning anything.
        spec=spec.only(KEYS).canonical() if isinstance(spec, View) else b"",
        accepted=encoded(seen.xr, "status", "accepted"),
        platform=(encoded(platforms[0], "spec") or b"") if platforms else None,
        input=encoded(View(request.input), "spec"),
        platform_known=text(seen.xr, "status", "platform", "name") is not None,
        observed=bool(seen.objects),
        kept=compose.read(seen),
    )


def encoded(value: Any, *path: str) -> bytes | None:
    """The map at a path as bytes that are equal where it is equal; None where there is none."""
    found = at(value, *path)
    return found.canonical() if isinstance(found, View) else None


def decode(data: bytes) -> Mapping[str, Any]:
    """An encoded map as a dict."""
    told: Mapping[str, Any] = plain(View(data))
    return told
