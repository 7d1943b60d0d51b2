"""Whether an HTTPRoute serves: what the controllers of its Gateways say in `status.parents`."""

from collections.abc import Iterator

from function.api.reasons import Reason
from function.app import Object
from function.read import at, items, number, text
from function.report import PROGRESSING, Problem

WANTED = (("Accepted", "True"), ("ResolvedRefs", "True"), ("PartiallyInvalid", "False"))
"""Conditions of a parent and what they must be. Gateway API requires the first two of every controller."""
REASONS: dict[str, Reason] = {
    "Accepted": "NotAccepted",
    "ResolvedRefs": "UnresolvedRefs",
    "PartiallyInvalid": "PartiallyInvalid",
}
"""Condition that is bad → the reason of RouteReady."""
REMEDIES = {
    "NotAllowedByListeners": "the platform team must let this namespace use the listener (allowedRoutes)",
    "NoMatchingListenerHostname": "choose a host that the listener has, or ask the platform team for one",
    "NoMatchingParent": "the platform team must correct gateway.sectionName on the Platform",
}
"""Reason of a controller → who can end it, and how."""


def route_problem(route: Object) -> Problem | None:
    """Why an HTTPRoute doesn't serve; None if all its parents have taken it as it is now."""
    return next(problems(route), None)


def problems(route: Object) -> Iterator[Problem]:
    """What is wrong with each parent."""
    for reference in items(route, "spec", "parentRefs"):
        mine = [
            each for each in items(route, "status", "parents") if refers(route, each) == key(route, reference)
        ]
        if not mine:
            message = f"no controller has taken {name(route)} for {gateway(route, reference)} yet"
            yield Problem(PROGRESSING, message)
        # Several controllers may write for one parent.
        yield from (problem for each in mine if (problem := verdict(route, each)))


def verdict(route: Object, parent: Object) -> Problem | None:
    """What a controller says against the route as it is now, for one parent."""
    who = gateway(route, at(parent, "parentRef"))
    for type_, wanted in WANTED:
        said = next((c for c in items(parent, "conditions") if at(c, "type") == type_), None)
        if said is None and type_ == "PartiallyInvalid":
            continue
        if said is None or number(said, "observedGeneration") < number(route, "metadata", "generation"):
            return Problem(PROGRESSING, f"{who} hasn't judged {name(route)} as it is now yet")
        status = text(said, "status")
        if status not in ("True", "False"):
            return Problem(PROGRESSING, f"{who} hasn't decided about {name(route)} yet")
        if status != wanted:
            return Problem(REASONS[type_], f"{who} doesn't serve {name(route)}: {cause(said)}")
    return None


def cause(condition: Object) -> str:
    """Reason and message of a condition, and who can end it."""
    reason = text(condition, "reason") or ""
    told = ": ".join(filter(None, (reason, text(condition, "message"))))
    return "; ".join(filter(None, (told, REMEDIES.get(reason))))


def refers(route: Object, parent: Object) -> tuple[str | None, ...]:
    """What a status is about."""
    return key(route, at(parent, "parentRef"))


def key(route: Object, reference: Object) -> tuple[str | None, ...]:
    """Namespace, name and listener that a reference means."""
    namespace = text(reference, "namespace") or text(route, "metadata", "namespace")
    return namespace, text(reference, "name"), text(reference, "sectionName")


def gateway(route: Object, reference: Object) -> str:
    """A Gateway, with the listener if there is one, as in messages."""
    namespace, name_, listener = key(route, reference)
    where = f"Gateway {namespace}/{name_}"
    return f"listener {listener} of {where}" if listener else where


def name(route: Object) -> str:
    """The route, as in messages."""
    return f"HTTPRoute {text(route, 'metadata', 'name')}"
