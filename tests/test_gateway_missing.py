"""A Gateway that isn't there or serves nobody, and a cluster that has no Gateway API."""

import pytest

from function.components.optional import GATEWAY as GATEWAY_API
from function.components.optional import KUBERNETES
from tests.clusters import serve
from tests.gateway_apps import ASKED, HOST, PLATFORM, PUBLIC, WHERE, cluster
from tests.simulated import gateways
from tests.simulated.conditions import condition
from tests.simulated.server_side_apply import Manifest
from tests.simulator import StatusCondition, World


@pytest.fixture
def world() -> World:
    """An app at rest behind the Gateway."""
    return cluster().settle()


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


def test_caller_without_a_cluster_is_told_nothing_of_the_gateway() -> None:
    """`nodeapp render` and Crossplane's own render have no Gateway to show, nor any API."""
    world = World(ASKED, PLATFORM).settle()
    world.server.forget(WHERE)
    assert world.settle().condition("RouteReady") == StatusCondition("True", "Available", "")
    assert world.status["url"] == f"https://{HOST}"
