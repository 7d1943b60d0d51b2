"""Read a request. Only the fields that are read are decoded."""

import hashlib
from collections.abc import Mapping
from sys import intern
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function import compose
from function.api.json_values import TOO_DEEP
from function.api.names import PLATFORM, PLATFORM_NAME
from function.api.nodeapp import KEYS
from function.app import Object, Observed
from function.edge.replies import Versions
from function.edge.structs import TooDeepError, View
from function.identity import Fatal, identify
from function.plan import Plan, Question
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


def versions(request: Any, observed: Observed) -> Versions | None:
    """The versions of all that a reply depends on. None: an object has none, as it isn't from a cluster."""
    xr = version(observed.xr)
    composed = {intern(key): version(each) for key, each in observed.composed.items()}
    required = {name: tuple(map(version, matches)) for name, matches in observed.required.items()}
    if None in (xr, *composed.values(), *(each for matches in required.values() for each in matches)):
        return None
    earlier = (request.desired.composite.ready, request.desired.composite.resource, marks(request.desired))
    content = repr((request.input, *earlier))
    return Versions(xr, composed, required, hashlib.sha256(content.encode()).digest())


def marks(desired: Any) -> list[tuple[str, int]]:
    """Key and readiness mark of each object that earlier steps of the pipeline desire, by key."""
    return sorted((key, resource.ready) for key, resource in desired.resources.items())


def earlier_problems(desired: Any, plan: Plan) -> list[str]:
    """Why what earlier steps of the pipeline desire isn't ready, as sentences.

    The composite's readiness is stated, so Crossplane derives none from the objects. One without a mark
    counts as not ready, as it does for Crossplane.
    """
    ours = {key for expectations, _ in plan.reports for key in expectations}
    said = ["an earlier step of the pipeline says that the app isn't ready"]
    return [
        *(said if desired.composite.ready == fnv1.READY_FALSE else []),
        *(
            f"{key}: no earlier step of the pipeline marks it as ready"
            for key, mark in marks(desired)
            if mark != fnv1.READY_TRUE and key not in ours
        ),
    ]


def version(observed: Object) -> str | None:
    """An object's uid and resourceVersion. Kubernetes changes the latter with every change of the object."""
    metadata = at(observed, "metadata")
    uid, resource_version = text(metadata, "uid"), text(metadata, "resourceVersion")
    return f"{uid} {resource_version}" if uid and resource_version else None


def question(request: Any, observed: Observed) -> Question:
    """The question that a request asks.

    Raises Fatal for an XR that isn't ours, and for settings that are nested too deeply.
    """
    who = identify(observed.xr)
    platforms = observed.required.get(PLATFORM)
    return Question(
        who=who,
        # Crossplane's own keys change, but decide nothing.
        spec=own_spec(at(observed.xr, "spec")),
        accepted=accepted(observed.xr),
        platform=(settings(f"Platform {PLATFORM_NAME}", platforms[0]) or b"") if platforms else None,
        input=settings("input of the Composition", View(request.input)),
        platform_known=text(observed.xr, "status", "platform", "name") is not None,
        observed=bool(observed.composed),
        level=number(observed.xr, "status", "functionLevel"),
        facts=compose.read(observed),
    )


def own_spec(spec: Any) -> bytes | None:
    """Our own keys of an XR's spec, encoded. None: they are nested too deeply."""
    try:
        return spec.only(KEYS).canonical() if isinstance(spec, View) else b""
    except TooDeepError:
        return None


def accepted(xr: Any) -> bytes | None:
    """The spec that was accepted last, encoded. None where there is none that can be read."""
    try:
        return encoded(xr, "status", "accepted")
    except TooDeepError:
        return None


def settings(owner: str, value: Any) -> bytes | None:
    """The spec of a Platform or an input, encoded. Raises Fatal if it is nested too deeply."""
    try:
        return encoded(value, "spec")
    except TooDeepError as error:
        message = f"{owner}: spec: {TOO_DEEP}; nothing is changed until the platform team fixes it"
        raise Fatal("InvalidPlatform", message) from error


def encoded(value: Any, *path: str) -> bytes | None:
    """The map at a path, encoded: equal maps give equal bytes. None where there is no map.

    Raises TooDeepError.
    """
    value = at(value, *path)
    return value.canonical() if isinstance(value, View) else None


def decode(data: bytes) -> Mapping[str, Any]:
    """An encoded map as a dict."""
    value: Mapping[str, Any] = plain(View(data))
    return value
