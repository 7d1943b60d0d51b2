"""Which app a host belongs to: the one that had it first.

Each host is a label on the route that serves it. So the routes of a host are found by one label, in whatever
namespace they are.
"""

import hashlib
from collections.abc import Iterable, Sequence

from function.api.fields import HOST_SEPARATOR
from function.api.names import HOST_LABEL
from function.app import Lookup, Object, Observed
from function.components import optional
from function.components.route.keys import HTTPROUTES, INGRESS
from function.facts import RouteFacts
from function.identity import stands_for
from function.read import at, condition, items, text

API = "gateway.networking.k8s.io/v1"
"""apiVersion of Gateways and HTTPRoutes."""
BY_INGRESS, BY_HTTPROUTE = "host-", "httproute-host-"
"""How the names of the requirements for a host's routes begin, by their kind. The host's mark follows."""
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
    """The requirements for the routes of hosts, whoever made them. A host that is this app's needs none.

    Both kinds of routes are looked up: while a Platform moves from one to the other, apps still have the old
    one. No HTTPRoute is asked for before it is known that the cluster has the kind.
    """
    asked = {mark(host): ((HOST_LABEL + mark(host), "true"),) for host in hosts if host not in facts.owned}
    if not asked:
        return {}
    ingresses = {
        BY_INGRESS + each: Lookup("networking.k8s.io/v1", "Ingress", labels=label)
        for each, label in asked.items()
    }
    httproutes = {
        BY_HTTPROUTE + each: Lookup(API, "HTTPRoute", labels=label) for each, label in asked.items()
    }
    known = httproutes if facts.api.usable else {}
    return {**ingresses, **optional.lookups(optional.GATEWAY, facts.api), **known}


def read(observed: Observed) -> RouteFacts:
    """Hosts of the app's own routes, those that are known to be its own, and those that others had first."""
    own = [observed.composed[key] for key in (INGRESS, *HTTPROUTES) if key in observed.composed]
    served = sorted({host for route in own for host in hosts_of(route)})
    answered = sorted(name for name in observed.required if name.startswith((BY_INGRESS, BY_HTTPROUTE)))
    marks = sorted({name.rpartition("-")[2] for name in answered})
    # True was only said once the route existed and no older one was found.
    known = condition(observed.xr, ROUTE_READY).get("status") == "True"
    taken = ((each, first_holder(observed, own, each)) for each in marks)
    return RouteFacts(
        served=tuple(served),
        owned=tuple(host for host in served if known and any(holds(route, mark(host)) for route in own)),
        answered=tuple(answered),
        taken=tuple((each, holder) for each, holder in taken if holder),
    )


def first_holder(observed: Observed, own: Sequence[Object], host: str) -> str | None:
    """namespace/name of the NodeApp that had the host of a mark before this app; None if none had.

    A route that this app has for other hosts doesn't count, however old it is.
    """
    routes = [each for kind in (BY_INGRESS, BY_HTTPROUTE) for each in observed.required.get(kind + host, ())]
    others = [each for each in routes if holds(each, host) and owner(each) != stands_for(observed.xr)]
    if mine := [age(route) for route in own if holds(route, host)]:
        others = [route for route in others if age(route) < min(mine)]
    first = min(others, key=age, default=None)
    if first is None:
        return None
    name, namespace = owner(first)
    return f"{namespace}/{name}"


def owner(route: Object) -> tuple[str | None, str | None]:
    """Name and namespace of the NodeApp that a route is of. What follows -- isn't of the app's name."""
    name = text(route, "metadata", "name") or ""
    return name.partition(HOST_SEPARATOR)[0], text(route, "metadata", "namespace")


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
    """The hosts that an Ingress or an HTTPRoute serves."""
    of_rules = (text(rule, "host") for rule in items(route, "spec", "rules"))
    return [host for host in (*of_rules, *items(route, "spec", "hostnames")) if isinstance(host, str)]


def holders(hosts: Iterable[str], facts: RouteFacts) -> dict[str, str]:
    """Host → namespace/name of the NodeApp that had it first."""
    by_mark = dict(facts.taken)
    return {host: by_mark[mark(host)] for host in hosts if mark(host) in by_mark}


def unanswered(hosts: Iterable[str], facts: RouteFacts) -> list[str]:
    """The hosts whose routes aren't looked up yet."""
    marks = {name.rpartition("-")[2] for name in lookups(hosts, facts).keys() - facts.answered}
    return [host for host in hosts if mark(host) in marks]
