"""What the Gateway's controllers say of the routes, and RouteReady of that."""

from typing import Any

import pytest

from tests.gateway_apps import LISTENER, cluster
from tests.simulated import gateways
from tests.simulated.conditions import condition
from tests.simulated.operators import asleep
from tests.simulated.server_side_apply import Manifest
from tests.simulator import StatusCondition, World


@pytest.fixture
def world() -> World:
    """An app at rest behind the Gateway."""
    return cluster().settle()


def judged(world: World, operator: Any) -> StatusCondition:
    """RouteReady once the controller says this of the route."""
    return world.play("httproute", operator).settle().condition("RouteReady")


def test_route_that_no_controller_has_taken() -> None:
    """A new route waits for its controller without an event."""
    world = cluster().play("httproute", asleep).settle()
    message = f"no controller has taken HTTPRoute dash for {LISTENER} yet"
    assert world.condition("RouteReady") == StatusCondition("False", "Progressing", message)
    assert not world.ready
    assert not [event for event in world.events if event.reason == "Progressing"]


@pytest.mark.parametrize(
    ("bad", "reason", "remedy"),
    [
        (
            {"Accepted": "NotAllowedByListeners"},
            "NotAccepted",
            "the platform team must let this namespace use the listener (allowedRoutes)",
        ),
        (
            {"Accepted": "NoMatchingListenerHostname"},
            "NotAccepted",
            "choose a host that the listener has, or ask the platform team for one",
        ),
        ({"ResolvedRefs": "BackendNotFound"}, "UnresolvedRefs", ""),
    ],
    ids=str,
)
def test_route_that_a_gateway_refuses(world: World, bad: dict[str, str], reason: str, remedy: str) -> None:
    """The controller's reason is told, and who can end it."""
    told = "; ".join(filter(None, (*bad.values(), remedy)))
    message = f"{LISTENER} doesn't serve HTTPRoute dash: {told}"
    assert judged(world, gateways.refused(**bad)) == StatusCondition("False", reason, message)
    assert world.message == f"route: {message}"
    assert world.play("httproute", gateways.taken).settle().ready


def test_route_judged_before_the_last_edit_is_not_ready(world: World) -> None:
    """The controller still speaks of the route as it was."""
    old = world.object("httproute")["status"]
    world.play("httproute", lambda route: route | {"status": old}).edit(ingress={"host": "new.acme.dev"})
    world.settle()
    message = f"{LISTENER} hasn't judged HTTPRoute dash as it is now yet"
    assert world.condition("RouteReady") == StatusCondition("False", "Progressing", message)


def said(route: Manifest, **parents: Any) -> Manifest:
    """A route about which several controllers write: changes of the reference, and what is bad."""
    [reference] = route["spec"]["parentRefs"]
    return route | {
        "status": {
            "parents": [gateways.parent(route, reference | change, **bad) for change, bad in parents.values()]
        }
    }


def test_every_controller_of_a_parent_must_take_the_route(world: World) -> None:
    """A second one that refuses is told; what is said of another Gateway isn't."""
    bad = {"Accepted": "UnsupportedValue"}
    both = judged(world, lambda route: said(route, one=({}, {}), two=({}, bad)))
    assert both.reason == "NotAccepted"
    other = judged(world, lambda route: said(route, one=({}, {}), two=({"name": "former"}, bad)))
    assert other == StatusCondition("True", "Available", "")
    former = judged(world, lambda route: said(route, two=({"sectionName": "former"}, {})))
    assert former.reason == "Progressing"


def test_undecided_condition_is_waited_for(world: World) -> None:
    """Unknown is neither yes nor no."""

    def undecided(route: Manifest) -> Manifest:
        taken = gateways.taken(route)
        for each in taken["status"]["parents"][0]["conditions"]:
            each["status"] = "Unknown"
        return taken

    message = f"{LISTENER} hasn't decided about HTTPRoute dash yet"
    assert judged(world, undecided) == StatusCondition("False", "Progressing", message)


def test_rules_that_a_controller_drops_are_told(world: World) -> None:
    """The rest of the route is served meanwhile, so nobody would notice."""

    def partly(route: Manifest) -> Manifest:
        taken = gateways.taken(route)
        generation = {"observedGeneration": route["metadata"]["generation"]}
        dropped = condition("PartiallyInvalid", "True", "UnsupportedValue", "Dropped Rule 1") | generation
        taken["status"]["parents"][0]["conditions"].append(dropped)
        return taken

    message = f"{LISTENER} doesn't serve HTTPRoute dash: UnsupportedValue: Dropped Rule 1"
    assert judged(world, partly) == StatusCondition("False", "PartiallyInvalid", message)


def test_redirect_is_judged_too(world: World) -> None:
    """Else http:// would lead nowhere while the app is Ready."""
    world.play("httproute-redirect", gateways.refused(Accepted="NotAllowedByListeners")).settle()
    assert "listener http of Gateway infra/public doesn't serve HTTPRoute dash--redirect" in world.message
