"""The Platform's Gateway: whether it is there, and what its listeners serve."""

from collections.abc import Callable

from function.api.platform.gateway import GatewayPlatform
from function.app import Lookup, Object, Observed
from function.components import optional
from function.components.route.condition import READY
from function.components.route.hosts import API
from function.read import condition, items, text
from function.report import Condition

Judge = Callable[[Observed], Condition | None]
"""Why nothing is served, whatever the routes are like."""

GATEWAY = "gateway"
"""Name of the requirement for the Gateway."""
ENCRYPTED = ("HTTPS", "TLS")
"""Protocols of listeners that a browser reaches by https."""


REMEDY = "the platform team must create it, or correct gateway on the Platform"


def lookup(gateway: GatewayPlatform) -> Lookup:
    """The requirement for the Gateway."""
    return Lookup(API, "Gateway", gateway.name, gateway.namespace)


def listeners(observed: Observed) -> list[tuple[str | None, str | None]]:
    """Name and protocol of each listener. Empty if the Gateway isn't there, or wasn't looked up."""
    return [
        (text(listener, "name"), text(listener, "protocol"))
        for gateway in observed.required.get(GATEWAY, ())
        for listener in items(gateway, "spec", "listeners")
    ]


def encrypted(observed: Observed, section: str | None) -> bool | None:
    """Whether a listener is reached by https, or any if none is named. None: there is no such listener."""
    protocols = [protocol for name, protocol in listeners(observed) if section in (None, name)]
    return any(protocol in ENCRYPTED for protocol in protocols) if protocols else None


def programmed(gateway: Object) -> bool:
    """Whether a controller has brought the Gateway to where traffic comes in."""
    return condition(gateway, "Programmed").get("status") == "True"


def gateway_problem(settings: GatewayPlatform | None, observed: Observed) -> Condition | None:
    """RouteReady where the Gateway itself serves nobody. Only the platform team can end that."""
    found = observed.required.get(GATEWAY)
    if settings is None or found is None or not optional.in_a_cluster(observed):
        return None
    if not found:
        return READY.lacking("NoGateway", f"{settings} isn't there; {REMEDY}")
    names = {name for name, _ in listeners(observed)}
    wanted = filter(None, (settings.section_name, settings.redirect_section_name))
    if missing := next((name for name in wanted if name not in names), None):
        return READY.lacking("NoListener", f"{settings} has no listener {missing}; {REMEDY}")
    if programmed(found[0]):
        return None
    said = condition(found[0], "Programmed")
    why = ": ".join(filter(None, (text(said, "reason"), text(said, "message"))))
    return READY.lacking(
        "GatewayNotProgrammed", f"{settings} serves nobody: {why or 'no controller has taken it'}"
    )
