"""Routes by Gateway: what is composed, and what RouteReady says of it."""

from typing import Any

import pytest

from function import compose
from function.components.optional import GATEWAY as GATEWAY_API
from function.components.optional import KUBERNETES
from function.edge import wire
from function.edge.request import observe
from tests.clusters import serve
from tests.simulated import gateways
from tests.simulated.api_server import Ref
from tests.simulated.conditions import condition
from tests.simulated.operators import asleep
from tests.simulated.server_side_apply import Manifest
from tests.simulator import StatusCondition, World

HOST = "shop.acme.dev"
ASKED: Manifest = {
    "team": "web",
    "frontend": {"image": "ghcr.io/acme/front:1.0.0"},
    "backend": {"image": "ghcr.io/acme/back:1.0.0"},
    "ingress": {"host": HOST},
}
PUBLIC = {"name": "public", "namespace": "infra", "sectionName": "https", "redirectSectionName": "http"}
PLATFORM = {"gateway": PUBLIC}
WHERE = Ref("Gateway", "infra", "public")
LISTENER = "listener https of Gateway infra/public"


def cluster(spec: Any = ASKED, platform: Any = PLATFORM, *apis: str) -> World:
    """An app on a cluster with these APIs; Gateway API if none is named."""
    return serve(World(spec, platform), *(apis or (KUBERNETES, GATEWAY_API)))


@pytest.fixture
def world() -> World:
    """An app at rest behind the Gateway."""
    return cluster().settle()


def judged(world: World, operator: Any) -> StatusCondition:
    """RouteReady once the controller says this of the route."""
    return world.play("httproute", operator).settle().condition("RouteReady")


def test_app_behind_a_gateway_has_no_ingress(world: World) -> None:
    """It is Ready once its routes are taken. Then it looks up its Gateway, and whether there is a cluster."""
    assert world.ready
    assert {key for key in world.keys if "route" in key or key == "ingress"} == {
        "httproute",
        "httproute-redirect",
    }
    assert world.status["url"] == f"https://{HOST}"
    assert set(world.reconcile().response.requirements.resources) == {"gateway", f"api-{KUBERNETES}"}


def test_redirect_takes_no_host() -> None:
    """It answers on the other listener for all hosts, also the backend's, and carries no host's label."""
    world = cluster(ASKED | {"backend": ASKED["backend"] | {"host": "api.acme.dev"}}).settle()
    redirect = world.object("httproute-redirect")
    assert redirect["spec"]["hostnames"] == [HOST, "api.acme.dev"]
    assert [each["sectionName"] for each in redirect["spec"]["parentRefs"]] == ["http"]
    assert not [label for label in redirect["metadata"]["labels"] if label.startswith("host.")]
    world.govern({"gateway": {key: PUBLIC[key] for key in ("name", "namespace", "sectionName")}}).settle()
    assert "httproute-redirect" not in world.keys
    assert world.keys >= {"httproute", "httproute-backend"}


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


def test_gateway_that_is_not_there(world: World) -> None:
    """It is said although the controller left its last status on the route."""
    world.server.forget(WHERE)
    remedy = "the platform team must create it, or correct gateway on the Platform"
    message = f"Gateway infra/public isn't there; {remedy}"
    assert world.settle().condition("RouteReady") == StatusCondition("False", "NoGateway", message)
    assert not world.ready
    assert world.keys >= {"httproute", "httproute-redirect"}
    assert world.govern(PLATFORM).settle().ready


def test_gateway_without_the_listener(world: World) -> None:
    """The name on the Platform may be a slip."""
    world.govern({"gateway": PUBLIC | {"sectionName": "htps"}})
    world.apply(gateways.gateway(PUBLIC), "gateway-controller")
    message = (
        "Gateway infra/public has no listener htps; the platform team must create it, or correct gateway on "
        "the Platform"
    )
    assert world.settle().condition("RouteReady") == StatusCondition("False", "NoListener", message)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ({"conditions": []}, "no controller has taken it"),
        (
            {"conditions": [condition("Programmed", "False", "AddressNotAssigned", "no address")]},
            "AddressNotAssigned: no address",
        ),
    ],
)
def test_gateway_that_is_not_programmed(world: World, status: Manifest, why: str) -> None:
    """Traffic doesn't come in, whatever the routes are like."""
    world.apply(gateways.gateway(PUBLIC) | {"status": status}, "gateway-controller")
    said = world.settle().condition("RouteReady")
    assert said == StatusCondition(
        "False", "GatewayNotProgrammed", f"Gateway infra/public serves nobody: {why}"
    )


def test_listeners_decide_about_https() -> None:
    """The URL follows them, and a wish that they don't grant is held."""
    plain = {"gateway": {"name": "public", "namespace": "infra"}}
    world = cluster(ASKED, plain).settle()
    assert world.status["url"] == f"http://{HOST}"
    world.edit(ingress={"host": HOST, "tls": True}).settle()
    assert world.condition("SpecHonored").message == (
        "ingress.tls: kept false: each listener of Gateway infra/public serves HTTP; "
        "only the platform team can change that"
    )
    assert world.status["url"] == f"http://{HOST}"
    world.govern(PLATFORM).settle()
    assert world.condition("SpecHonored").status == "True"
    world.edit(ingress={"host": HOST, "tls": False}).settle()
    assert world.condition("SpecHonored").message.startswith(
        f"ingress.tls: kept true: {LISTENER} serves HTTPS"
    )
    assert world.ready


def test_quiet_app_has_one_plan(world: World) -> None:
    """A reconcile begins without the Gateway, and ends with it: both calls have the same facts."""
    first, *_, last = (
        compose.read(observe(wire.Request.FromString(call.request.SerializeToString())))
        for call in world.reconcile().calls
    )
    assert first == last
    assert first.ingress.https


def test_cluster_without_gateway_api_composes_no_route() -> None:
    """An object whose kind isn't there would stop Crossplane. All else runs, and the route comes later."""
    world = cluster(ASKED, PLATFORM, KUBERNETES).settle()
    assert world.condition("RouteReady").reason == "NoGatewayAPI"
    assert not [key for key in world.keys if "httproute" in key]
    assert "frontend-deployment" in world.keys
    assert set(world.reconcile().response.requirements.resources) == {
        f"api-{KUBERNETES}",
        f"api-{GATEWAY_API}",
    }
    assert serve(world, GATEWAY_API).settle().ready


def test_nothing_of_gateway_api_is_looked_up_before_it_is_known_to_be_there() -> None:
    """Crossplane fails a call that asks for a kind that the cluster lacks."""
    first, *_ = cluster().reconcile().calls
    assert not {"gateway"} & set(first.response.requirements.resources)
    assert not [name for name in first.response.requirements.resources if "host-" in name]
    reasons = {each.type: each.reason for each in first.response.conditions}
    assert reasons["RouteReady"] == "LookingUp"


def test_annotations_that_are_allowed_are_on_the_routes_that_serve() -> None:
    """Other controllers read them there too, such as external-dns."""
    dns = {"external-dns.alpha.kubernetes.io/ttl": "1m"}
    platform = PLATFORM | {"ingress": {"allowedAnnotations": list(dns)}}
    world = cluster(ASKED | {"ingress": {"host": HOST, "annotations": dns}}, platform).settle()
    assert dns.items() <= world.object("httproute")["metadata"]["annotations"].items()
    assert not dns.keys() & world.object("httproute-redirect")["metadata"]["annotations"].keys()


def test_new_domain_of_the_platform_moves_the_host() -> None:
    """The generated host follows, and the route with it."""
    asked = {key: value for key, value in ASKED.items() if key != "ingress"}
    world = cluster(asked, PLATFORM | {"domain": "old.dev"}).settle()
    assert world.object("httproute")["spec"]["hostnames"] == ["dash--shop.old.dev"]
    world.govern(PLATFORM | {"domain": "new.dev"}).settle()
    for key in ("httproute", "httproute-redirect"):
        assert world.object(key)["spec"]["hostnames"] == ["dash--shop.new.dev"]
    assert world.status["url"] == "https://dash--shop.new.dev"
    assert world.ready


def test_caller_without_a_cluster_is_told_nothing_of_the_gateway() -> None:
    """`nodeapp render` and Crossplane's own render have no Gateway to show, nor any API."""
    world = World(ASKED, PLATFORM).settle()
    world.server.forget(WHERE)
    assert world.settle().condition("RouteReady") == StatusCondition("True", "Available", "")
    assert world.status["url"] == f"https://{HOST}"
