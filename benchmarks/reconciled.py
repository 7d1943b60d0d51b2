"""The reconciles of an app, from the calls that the function wrote down."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from function.read import at


@dataclass(frozen=True, slots=True)
class Reconcile:
    """A reconcile of an app: when the function was asked, and what was applied then."""

    at: float
    applies: int
    """The objects, the XR's references, and its status."""


def reconciles(log: Path, namespace: str) -> Iterator[Reconcile]:
    """Each reconcile of an app, from the calls that the function wrote down."""
    begun, applies = 0.0, 0
    for line in log.read_text().splitlines():
        call = json.loads(line)
        request, response = call["event"]["request"], call["event"]["response"]
        xr = at(request, "observed", "composite", "resource", "metadata")
        if namespace not in (at(xr, "namespace"), at(xr, "labels", "crossplane.io/claim-namespace")):
            continue
        # Crossplane asks again in the same reconcile for what the function looks up.
        if set(request.get("requiredResources", {})) == {"platform"}:
            if applies:
                yield Reconcile(begun, applies)
            begun = call["at"]
        applies = len(response["desired"].get("resources", {})) + 2
    yield Reconcile(begun, applies)


def counted(done: Sequence[Reconcile], begin: float, end: float) -> str:
    """How much was done within two times."""
    within = [each.applies for each in done if begin <= each.at < end]
    return f"{len(within)} reconciles, {sum(within)} applies"
