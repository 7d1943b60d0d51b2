"""Crossplane's part of a call: run the function until its requirements are met, and read the response."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from function.api.names import PLATFORM, PLATFORM_NAME, SETTINGS_API_VERSION
from function.app import Object
from function.cli.apps import SETTINGS, NodeApp
from function.cli.snapshot import Snapshot
from function.read import at, items, text

ROUNDS = 5
"""Times that Crossplane fetches requirements: MaxRequirementsIterations in its internal/xfn."""

STEP = {PLATFORM: {"apiVersion": SETTINGS_API_VERSION, "kind": SETTINGS, "matchName": PLATFORM_NAME}}
"""The requirements that the Composition's step has itself."""

SHOWN = 3
"""Unready objects that Crossplane's message names."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one app."""

    app: NodeApp
    xr: Mapping[str, Any]
    observed: Mapping[str, Object]
    response: Mapping[str, Any]
    """In protobuf's JSON mapping."""

    @property
    def fatal(self) -> bool:
        """Whether nothing is changed, not even the status."""
        return any(at(r, "severity") == "SEVERITY_FATAL" for r in items(self.response, "results"))

    @property
    def refusal(self) -> str | None:
        """Why the asked spec isn't composed; None if it is."""
        fatal = (r for r in items(self.response, "results") if at(r, "severity") == "SEVERITY_FATAL")
        refused = (c for c in self.conditions if (c["type"], c["status"]) == ("Accepted", "False"))
        return next((text(each, "message") for each in (*fatal, *refused)), None)

    @property
    def reason(self) -> str | None:
        """The reason of the condition Accepted."""
        return next((c["reason"] for c in self.conditions if c["type"] == "Accepted"), None)

    @property
    def conditions(self) -> list[dict[str, str]]:
        """The function's own conditions, as Kubernetes writes them."""
        return [
            {key: c[key] for key in ("type", "reason", "message") if key in c}
            | {"status": c["status"].removeprefix("STATUS_CONDITION_").title()}
            for c in items(self.response, "conditions")
        ]

    @property
    def status(self) -> Mapping[str, Any]:
        """The XR's status, without conditions."""
        return at(self.response, "desired", "composite", "resource", "status") or {}

    @property
    def resources(self) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
        """Key, object and whether it is ready, by key."""
        for key, composed in sorted((at(self.response, "desired", "resources") or {}).items()):
            yield key, composed["resource"], composed.get("ready") == "READY_TRUE"

    @property
    def ready(self) -> dict[str, str]:
        """The condition Ready, as Crossplane sets it."""
        if at(self.response, "desired", "composite", "ready") == "READY_TRUE":
            return {"type": "Ready", "status": "True", "reason": "Available"}
        waiting = [key for key, _, ready in self.resources if not ready]
        more = [f"and {len(waiting) - SHOWN} more"] if len(waiting) > SHOWN else []
        message = {"message": f"Unready resources: {', '.join(waiting[:SHOWN] + more)}"} if waiting else {}
        return {"type": "Ready", "status": "False", "reason": "Creating", **message}


def served(address: str) -> Callable[[bytes], bytes]:
    """The function at an address."""
    from function.edge import served as remote  # noqa: PLC0415  # grpc is slow to import.

    return remote.served(address)


def run(
    app: NodeApp,
    xr: Mapping[str, Any],
    snapshot: Snapshot,
    address: str | None = None,
    requirements: Mapping[str, Any] | None = None,
) -> Outcome:
    """Call the function as Crossplane does, until its requirements are met.

    `address`: where it is served; None: it runs here. `requirements`: those of the last outcome, so that
    they needn't be asked for again.
    """
    from function.edge import asked  # noqa: PLC0415  # protobuf is slow to import, and only this needs it.

    function = asked.own() if address is None else served(address)
    objects = snapshot.objects(app)
    observed = {
        "composite": {"resource": xr},
        "resources": {key: {"resource": value} for key, value in objects.items()},
    }
    known = dict(requirements or {})
    for _ in range(ROUNDS + 1):
        required = {
            name: {"items": [{"resource": each} for each in snapshot.required(requirement)]}
            for name, requirement in (STEP | known).items()
        }
        answer = asked.ask(function, {"observed": observed, "requiredResources": required})
        latest = answer.requirements()
        if latest == known:
            return Outcome(app, xr, objects, answer.read())
        known = latest
    message = f"asks for other objects each time; Crossplane gives up after {ROUNDS} rounds"
    return Outcome(app, xr, objects, {"results": [{"severity": "SEVERITY_FATAL", "message": message}]})
