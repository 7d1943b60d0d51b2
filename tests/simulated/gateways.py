"""A controller of Gateway API: a Gateway that serves, and what is said of routes that refer to it."""

from typing import Any

from tests.simulated.conditions import condition
from tests.simulated.server_side_apply import Manifest

API = "gateway.networking.k8s.io/v1"
CONTROLLER = "example.org/gateway-controller"


def gateway(settings: Manifest, **conditions: Any) -> Manifest:
    """The Gateway that a Platform's `gateway` names, with the listeners that it names, for HTTPS and HTTP."""
    named = {"HTTPS": settings.get("sectionName"), "HTTP": settings.get("redirectSectionName")}
    listeners = [
        {"name": name, "protocol": protocol, "port": 443 if protocol == "HTTPS" else 80}
        for protocol, name in named.items()
        if name
    ]
    programmed = condition("Programmed", "True", "Programmed", "") | conditions
    return {
        "apiVersion": API,
        "kind": "Gateway",
        "metadata": {"name": settings["name"], "namespace": settings["namespace"]},
        "spec": {
            "gatewayClassName": "example",
            "listeners": listeners or [{"name": "http", "protocol": "HTTP", "port": 80}],
        },
        "status": {"conditions": [programmed]},
    }


def taken(route: Manifest) -> Manifest:
    """A route that all its Gateways have taken."""
    return route | {"status": {"parents": [parent(route, ref) for ref in route["spec"]["parentRefs"]]}}


def parent(route: Manifest, reference: Manifest, **bad: str) -> Manifest:
    """What a controller says of a route for one parent. `bad`: condition → the reason that it is bad for."""
    generation = {"observedGeneration": route["metadata"]["generation"]}
    conditions = [
        condition(type_, "False" if type_ in bad else "True", bad.get(type_, type_), "") | generation
        for type_ in ("Accepted", "ResolvedRefs")
    ]
    return {"parentRef": reference, "controllerName": CONTROLLER, "conditions": conditions}


def refused(**bad: str) -> Any:
    """An operator that finds something bad in each route: condition → reason."""

    def judge(route: Manifest) -> Manifest:
        parents = [parent(route, reference, **bad) for reference in route["spec"]["parentRefs"]]
        return route | {"status": {"parents": parents}}

    return judge
