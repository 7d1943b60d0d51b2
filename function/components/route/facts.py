"""The facts of routes: what exists and decides."""

from dataclasses import replace

from function.app import Observed
from function.components import optional
from function.components.route import hosts
from function.components.route.gateway import GATEWAY, encrypted, programmed
from function.components.route.keys import BACKEND_HTTPROUTE, HTTPROUTES, INGRESS, REDIRECT
from function.components.route.parents import route_problem
from function.facts import RouteFacts
from function.read import items, text


def read(observed: Observed) -> RouteFacts:
    """The facts of the app's routes, of other apps' routes for its hosts, and of the Gateway."""
    return replace(
        hosts.read(observed),
        has_ingress=INGRESS in observed.composed,
        moved=moved(observed),
        parent=parent(observed),
        https=https(observed),
        api=optional.read(observed, optional.GATEWAY, *HTTPROUTES, REDIRECT),
    )


def https(observed: Observed) -> bool | None:
    """Whether the listener that the app's HTTPRoutes refer to is reached by https.

    Each reconcile begins with a call in which the Gateway isn't looked up yet. The URL tells what was known
    last, so that this call has the same facts.
    """
    routes = [observed.composed[key] for key in HTTPROUTES if key in observed.composed]
    section = next((text(route, "spec", "parentRefs", 0, "sectionName") for route in routes), None)
    known, url = encrypted(observed, section), text(observed.xr, "status", "url")
    return url.startswith("https:") if known is None and routes and url else known


def moved(observed: Observed) -> bool:
    """Whether HTTPRoutes serve all that the Ingress serves. It decides nothing where there is no Ingress."""
    ingress = observed.composed.get(INGRESS)
    if ingress is None:
        return False
    routes = [observed.composed[key] for key in HTTPROUTES if key in observed.composed]
    serve = all(route_problem(route) is None for route in routes)
    there = all(programmed(gateway) for gateway in observed.required.get(GATEWAY, ()))
    taken_over = {host for route in routes for host in hosts.hosts_of(route)}
    return serve and there and set(hosts.hosts_of(ingress)) <= taken_over


def parent(observed: Observed) -> tuple[str, str, str] | None:
    """The Gateway that the HTTPRoutes refer to. It decides nothing beside an Ingress."""
    keys = [] if INGRESS in observed.composed else [HTTPROUTES[0], BACKEND_HTTPROUTE]
    for route in (observed.composed[key] for key in keys if key in observed.composed):
        for reference in items(route, "spec", "parentRefs"):
            namespace, name = text(reference, "namespace"), text(reference, "name")
            if namespace and name:
                return namespace, name, text(reference, "sectionName") or ""
    return None
