"""A Platform moves between Ingress and Gateway: no app is without a route, and no host changes hands."""

from typing import Any

import pytest

from function.components.optional import GATEWAY as GATEWAY_API
from function.components.optional import KUBERNETES
from tests.clusters import serve
from tests.gateway_apps import ASKED, HOST, PLATFORM, cluster
from tests.simulated import gateways
from tests.simulated.api_server import Ref
from tests.simulated.operators import asleep
from tests.simulator import StatusCondition, World
from tests.test_hosts import beside

INGRESS = {"ingress": {"className": "traefik", "clusterIssuer": "le"}}
BOTH = INGRESS | PLATFORM


def by_ingress(spec: Any = ASKED) -> World:
    """An app at rest with an Ingress, on a cluster that has Gateway API too."""
    return cluster(spec, INGRESS).settle()


def test_ingress_stays_until_the_gateway_serves() -> None:
    """Crossplane deletes before it creates, and a Gateway takes its time."""
    world = by_ingress()
    before = world.object("ingress")["spec"]
    world.govern(BOTH).play("httproute", asleep).settle()
    assert {"ingress", "httproute"} <= world.keys
    assert world.object("ingress")["spec"] == before
    assert world.condition("RouteReady").reason == "Progressing"
    world.play("httproute", gateways.taken).settle()
    assert "ingress" not in world.keys
    assert world.ready
    assert world.object("httproute")["spec"]["hostnames"] == [HOST]


@pytest.mark.parametrize("bad", [{"Accepted": "NotAllowedByListeners"}, {"ResolvedRefs": "BackendNotFound"}])
def test_ingress_stays_while_the_gateway_refuses(bad: dict[str, str]) -> None:
    """A mistake in the Gateway takes no app off the air."""
    world = by_ingress().govern(BOTH).play("httproute", gateways.refused(**bad)).settle()
    assert "ingress" in world.keys
    assert world.condition("RouteReady").status == "False"


def test_ingress_stays_while_the_gateway_is_not_there() -> None:
    """Nor does a Gateway that nobody has made, or that isn't programmed yet."""
    world = by_ingress().govern(BOTH)
    world.server.forget(Ref("Gateway", "infra", "public"))
    world.play("httproute", asleep).settle()
    assert "ingress" in world.keys
    assert world.condition("RouteReady").reason == "NoGateway"
    gateway = gateways.gateway(PLATFORM["gateway"])
    world.apply(gateway | {"status": {}}, "gateway-controller")
    world.play("httproute", gateways.taken).settle()
    assert "ingress" in world.keys
    assert world.condition("RouteReady").reason == "GatewayNotProgrammed"
    world.govern(BOTH).settle()
    assert "ingress" not in world.keys
    assert world.ready


def test_ingress_stays_while_the_cluster_lacks_gateway_api() -> None:
    """Edits of all else take effect meanwhile."""
    world = serve(World(ASKED, INGRESS), KUBERNETES).settle().govern(BOTH).settle()
    assert "ingress" in world.keys
    assert world.condition("RouteReady").reason == "NoGatewayAPI"
    world.edit(frontend={"image": "ghcr.io/acme/front:2.0.0"}).settle()
    assert world.status["frontend"]["image"].endswith("2.0.0")
    serve(world, GATEWAY_API).settle()
    assert "ingress" not in world.keys
    assert world.ready


def test_httproutes_stay_until_there_is_an_ingress() -> None:
    """Back again: they keep the Gateway that they had, which the Platform no longer names."""
    world = cluster(ASKED | {"backend": ASKED["backend"] | {"host": "api.acme.dev"}}, BOTH).settle()
    before = {key: world.object(key)["spec"] for key in ("httproute", "httproute-backend")}
    first = world.govern(INGRESS).reconcile()
    assert {"ingress", *before} <= world.keys
    assert {key: world.object(key)["spec"] for key in before} == before
    assert first.deleted == ["httproute-redirect"]
    assert world.settle().ready
    assert not [key for key in world.keys if "httproute" in key]


def test_another_gateway_is_an_edit_of_the_route() -> None:
    """The object stays, and with it whose the host is."""
    world = cluster().settle()
    uid = world.object("httproute")["metadata"]["uid"]
    world.govern({"gateway": PLATFORM["gateway"] | {"name": "other"}}).settle()
    route = world.object("httproute")
    assert route["metadata"]["uid"] == uid
    assert route["spec"]["parentRefs"][0]["name"] == "other"
    assert world.ready


def test_second_app_gets_no_host_while_the_first_has_an_ingress_still() -> None:
    """It comes to the Gateway before the first one does, and looks for both kinds of routes."""
    first = by_ingress()
    second = beside(first, ASKED, name="site", namespace="crm").govern(INGRESS).settle()
    assert second.condition("RouteReady").reason == "HostTaken"
    second.govern(BOTH).settle()
    owner = f"{HOST} belongs to NodeApp shop/dash, which had it first"
    assert second.condition("RouteReady").message.startswith(owner)
    assert "httproute" not in second.keys
    assert first.govern(BOTH).settle().ready
    assert second.settle().condition("RouteReady").reason == "HostTaken"
    first.edit(ingress={"host": "other.acme.dev"}).settle()
    assert second.settle().ready


def test_second_app_gets_no_host_while_the_first_has_an_httproute_still() -> None:
    """Back again it comes first too."""
    first = cluster(ASKED, BOTH).settle()
    second = beside(first, ASKED, name="site", namespace="crm").govern(BOTH).settle()
    assert second.govern(INGRESS).settle().condition("RouteReady").reason == "HostTaken"
    assert "ingress" not in second.keys
    assert first.govern(INGRESS).settle().ready
    assert second.settle().condition("RouteReady").reason == "HostTaken"


def test_second_app_behind_the_gateway_is_told_whose_the_host_is() -> None:
    """Also of a backend's own host, whose route has another name than the app."""
    first = cluster(ASKED | {"backend": ASKED["backend"] | {"host": "api.acme.dev"}}).settle()
    second = beside(first, ASKED | {"ingress": {"hosts": ["api.acme.dev", "b.acme.dev"]}}).govern(PLATFORM)
    message = (
        "api.acme.dev belongs to NodeApp shop/dash, which had it first; choose another host, or remove it "
        "there"
    )
    assert second.settle().condition("RouteReady") == StatusCondition("False", "HostTaken", message)
    assert second.object("httproute")["spec"]["hostnames"] == ["b.acme.dev"]
    assert second.object("httproute-redirect")["spec"]["hostnames"] == ["b.acme.dev"]
    assert first.settle().ready


def test_app_that_comes_back_takes_its_own_routes() -> None:
    """After a restore of the cluster it meets its HTTPRoutes, and they aren't another's."""
    world = cluster(ASKED | {"backend": ASKED["backend"] | {"host": "api.acme.dev"}}).settle()
    assert world.restore().settle().ready
    assert {"httproute", "httproute-backend"} <= world.keys
