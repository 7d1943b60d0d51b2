"""Which app a host belongs to: the one that had it first.

Each host is a label on the route that serves it. So the routes of a host are found by one label, in whatever
namespace they are.
"""

import hashlib
from collections.abc import Iterable

from function.api.names import HOST_LABEL
from function.app import Lookup, Object, Observed
from function.facts import RouteFacts
from function.identity import stands_for
from function.read import at, condition, items, text

ROUTE_KEY = "ingress"
"""Key of the route."""
REQUIREMENT = "host-"
"""How the name of the requirement for a host's routes begins. The host's mark follows."""
ROUTE_READY = "RouteReady"
"""The route's condition."""


def mark(host: str) -> str:
    """A host in names of labels and requirements, which may be shorter than a host.

    16 digits are 64 bits: that two hosts of a cluster have the same has odds of one to a million million.
    """
    return hashlib.sha256(host.encode()).hexdigest()[:16]


def labels(hosts: Iterable[str]) -> dict[str, str]:
    """The labels of a route for its hosts."""
    return {HOST_LABEL + mark(host): "true" for host in hosts}


def lookups(hosts: Iterable[str], facts: RouteFacts) -> dict[str, Lookup]:
    """The requirements for the routes of hosts, whoever made them. A host that is this app's needs none."""
    return {
        REQUIREMENT + mark(host): Lookup(
            "networking.k8s.io/v1", "Ingress", labels=((HOST_LABEL + mark(host), "true"),)
        )
        for host in hosts
        if host not in facts.owned
    }


def read(observed: Observed) -> RouteFacts:
    """Hosts of the app's own route, those that are known to be its own, and those that others had first."""
    route = observed.composed.get(ROUTE_KEY)
    served = tuple(sorted(hosts_of(route)))
    marks = [name.removeprefix(REQUIREMENT) for name in observed.required if name.startswith(REQUIREMENT)]
    # True was only said once the route existed and no older one was found.
    known = condition(observed.xr, ROUTE_READY).get("status") == "True"
    taken = ((each, first_holder(observed, route, each)) for each in sorted(marks))
    return RouteFacts(
        served=served,
        owned=tuple(host for host in served if known and holds(route, mark(host))),
        answered=tuple(sorted(marks)),
        taken=tuple((each, holder) for each, holder in taken if holder),
    )


def first_holder(observed: Observed, own: Object | None, host: str) -> str | None:
    """namespace/name of the NodeApp that had the host of a mark before this app; None if none had.

    A route that this app has for other hosts doesn't count, however old it is.
    """
    me = stands_for(observed.xr)
    routes = [route for route in observed.required[REQUIREMENT + host] if holds(route, host)]
    others = [
        route
        for route in routes
        if (text(route, "metadata", "name"), text(route, "metadata", "namespace")) != me
    ]
    if own is not None and holds(own, host):
        others = [route for route in others if age(route) < age(own)]
    first = min(others, key=age, default=None)
    if first is None:
        return None
    return f"{text(first, 'metadata', 'namespace')}/{text(first, 'metadata', 'name')}"


def holds(route: Object | None, host: str) -> bool:
    """Whether a route serves the host of a mark: a label alone takes no host away."""
    labelled = text(route, "metadata", "labels", HOST_LABEL + host) is not None
    return labelled and any(mark(each) == host for each in hosts_of(route))


def age(route: Object) -> tuple[str, str, str]:
    """The order of routes, the oldest first. All times are RFC 3339 in UTC, so they compare as text."""
    metadata = at(route, "metadata")
    return (
        text(metadata, "creationTimestamp") or "",
        text(metadata, "namespace") or "",
        text(metadata, "name") or "",
    )


def hosts_of(route: Object | None) -> list[str]:
    """The hosts that an Ingress serves."""
    return [host for rule in items(route, "spec", "rules") if (host := text(rule, "host"))]


def holders(hosts: Iterable[str], facts: RouteFacts) -> dict[str, str]:
    """Host → namespace/name of the NodeApp that had it first."""
    by_mark = dict(facts.taken)
    return {host: by_mark[mark(host)] for host in hosts if mark(host) in by_mark}


def unanswered(hosts: Iterable[str], facts: RouteFacts) -> list[str]:
    """The hosts whose routes aren't looked up yet."""
    return [host for host in hosts if host not in facts.owned and mark(host) not in facts.answered]
