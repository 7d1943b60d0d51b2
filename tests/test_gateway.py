"""Routes by Gateway: what is composed, and the address that follows from it."""

import pytest

from function import compose
from function.components.optional import KUBERNETES
from function.edge import wire
from function.edge.request import observe
from tests.gateway_apps import ASKED, HOST, LISTENER, PLATFORM, PUBLIC, cluster
from tests.simulator import World


@pytest.fixture
def world() -> World:
    """An app at rest behind the Gateway."""
    return cluster().settle()


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
