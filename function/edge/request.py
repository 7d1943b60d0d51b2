"""Read a request. Only the fields that are read are decoded."""

from collections.abc import Mapping
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function import compose
from function.api.json_values import TOO_DEEP
from function.api.names import PLATFORM, PLATFORM_NAME
from function.api.nodeapp import KEYS
from function.app import Observed
from function.carried import LARGEST_ENCODED
from function.edge.structs import TooDeepError, View
from function.edge.versions import marks
from function.identity import Fatal, identify
from function.plan import Plan, Question
from function.read import at, number, stored, text


def observe(request: Any) -> Observed:
    """The objects in a request."""
    return Observed(
        xr=View(request.observed.composite.resource),
        composed={key: View(r.resource) for key, r in request.observed.resources.items()},
        required={
            name: [View(r.resource) for r in rs.items] for name, rs in request.required_resources.items()
        },
    )


def earlier_problems(desired: Any, plan: Plan) -> list[str]:
    """Why what earlier steps of the pipeline desire isn't ready, as sentences.

    The composite's readiness is stated, so Crossplane derives none from the objects. One without a mark
    counts as not ready, as it does for Crossplane.
    """
    ours = plan.expectations
    said = ["an earlier step of the pipeline says that the app isn't ready"]
    return [
        *(said if desired.composite.ready == fnv1.READY_FALSE else []),
        *(
            f"{key}: no earlier step of the pipeline marks it as ready"
            for key, mark in marks(desired)
            if mark != fnv1.READY_TRUE and key not in ours
        ),
    ]


def question(request: Any, observed: Observed, recall: compose.Recall) -> Question:
    """The question that a request asks. `recall` reads the facts.

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
        facts=compose.read(observed, recall),
    )


def own_spec(spec: Any) -> bytes | None:
    """Our own keys of an XR's spec, encoded. None: they are nested too deeply."""
    if not isinstance(spec, View):
        return b""
    own = spec.only(KEYS)
    if len(own.data) > LARGEST_ENCODED:  # It is refused for that. To sort its keys would take long.
        return own.data
    try:
        return own.canonical()
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
    """An encoded spec as a dict."""
    value: Mapping[str, Any] = stored(View(data))
    return value
