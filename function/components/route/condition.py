"""RouteReady, as far as it doesn't depend on the route's own objects."""

from collections.abc import Mapping, Sequence

from function.app import App
from function.components.owned_secrets import tls_secret
from function.components.route.hosts import ROUTE_READY
from function.report import Condition, ConditionType

READY = ConditionType(ROUTE_READY, part="route", gates=True)
NO_HOST = READY.false("NoHost", "no host: set ingress.host, or domain on the Platform")


def missing(app: App, waits: Sequence[str], taken: Mapping[str, str]) -> Condition | None:
    """RouteReady where not all that is asked for is served. `taken`: host → the NodeApp that had it first."""
    if waits:
        return READY.false("LookingUp", f"looks whether another app has the host {', '.join(waits)} first")
    if taken:
        whose = "; ".join(f"{host} belongs to NodeApp {owner}" for host, owner in taken.items())
        message = f"{whose}, which had it first; choose another host, or remove it there"
        return READY.false("HostTaken", message)
    exposed = app.spec.ingress
    # A backend on a host of its own is reached without any other.
    reached = exposed and (exposed.hosts or (exposed.backend_host and not app.spec.frontend))
    return None if reached or app.asked.ingress is None else NO_HOST


def without_api(app: App) -> Condition:
    """RouteReady while no HTTPRoute can be composed. An Ingress that serves the app stays meanwhile."""
    if not app.facts.ingress.api.missing:
        return READY.false("LookingUp", "looks whether the cluster has Gateway API")
    message = (
        "the Platform names a gateway, but the cluster has no HTTPRoutes; the platform team must install the "
        "CRDs of Gateway API, or take gateway out of the Platform"
    )
    return READY.lacking("NoGatewayAPI", message)


def good(app: App, *, tls: bool) -> Condition:
    """RouteReady while it is True. Nothing here may read a Secret, so a certificate that nobody issues may be
    missing: that is said, with the name that it needs."""
    if not tls or app.platform.gateway or app.platform.ingress.cluster_issuer:
        return READY.true("Available")
    message = (
        f"HTTPS needs a certificate in Secret {tls_secret(app)} of namespace {app.namespace}: the Platform "
        "names no ingress.clusterIssuer, so nobody issues one, and the function can't see whether it exists"
    )
    return READY.true("OwnCertificate", message)
