"""A host belongs to the app that had it first."""

from typing import Any

import pytest

from function.api.names import HOST_LABEL
from function.components.route.hosts import mark
from function.edge.fn import FunctionRunner
from tests.simulated.cnpg import CloudNativePG
from tests.simulated.composition_pipeline import Pipeline
from tests.simulated.crossplane import Crossplane
from tests.simulated.struct_codec import manifest
from tests.simulator import StatusCondition, World

HOST = "dash.acme.dev"
FRONTEND = {"team": "web", "frontend": {"image": "ghcr.io/acme/front:1.0.0"}}
TAKEN = StatusCondition(
    "False",
    "HostTaken",
    f"{HOST} belongs to NodeApp shop/dash, which had it first; choose another host, or remove it there",
)


def exposed(*hosts: str) -> dict[str, Any]:
    """A frontend with these hosts."""
    return FRONTEND | {"ingress": {"host": hosts[0], "hosts": list(hosts[1:])}}


def beside(first: World, spec: dict[str, Any], name: str = "site", namespace: str = "crm") -> World:
    """Another app on the cluster of a first one."""
    second = World(spec, name=name, namespace=namespace, style=first.style)
    second.server = first.server
    second.pipeline = Pipeline(first.server, FunctionRunner())
    second.crossplane = Crossplane(first.server, second.pipeline)
    second.cnpg = CloudNativePG(first.server)
    return second.ask(spec)


def hosts(world: World) -> list[str]:
    """The hosts that an app serves."""
    return (
        [rule["host"] for rule in world.object("ingress")["spec"]["rules"]] if "ingress" in world.keys else []
    )


@pytest.fixture(params=["classic", "modern"])
def dash(request: pytest.FixtureRequest) -> World:
    """An app at rest that has the host."""
    return World(exposed(HOST), style=request.param).settle()


def test_second_app_with_a_host_is_told_whose_it_is(dash: World) -> None:
    """Its route isn't composed, all else is, and the first app sees nothing of it."""
    site = beside(dash, exposed(HOST)).settle()
    assert site.condition("RouteReady") == TAKEN
    assert site.message == f"route: {TAKEN.message}"
    assert not site.ready
    assert all(key.startswith("frontend-") for key in site.keys)
    assert "frontend-deployment" in site.keys
    assert "url" not in site.status
    assert [event.reason for event in site.events] == ["HostTaken"]
    assert dash.settle().ready
    assert hosts(dash) == [HOST]


def test_host_is_free_once_the_first_app_leaves_it(dash: World) -> None:
    """The second app gets it by itself, and keeps it when the first one wants it back."""
    site = beside(dash, exposed(HOST)).settle()
    dash.ask(exposed("other.acme.dev")).settle()
    assert site.settle().ready
    assert hosts(site) == [HOST]
    dash.ask(exposed(HOST)).settle()
    owner = "belongs to NodeApp crm/site, which had it first"
    assert owner in dash.condition("RouteReady").message
    assert site.settle().ready


def test_older_route_takes_no_host_by_an_edit(dash: World) -> None:
    """Had first means this host, and not that the app is older."""
    site = beside(dash, exposed("site.acme.dev")).settle()
    dash.ask(exposed("site.acme.dev")).settle()
    assert dash.condition("RouteReady").reason == "HostTaken"
    assert site.settle().ready
    assert hosts(site) == ["site.acme.dev"]


def test_other_hosts_of_the_app_stay(dash: World) -> None:
    """An app that adds a host which another one has keeps serving its own."""
    site = beside(dash, exposed("site.acme.dev", HOST)).settle()
    assert site.condition("RouteReady") == TAKEN
    assert hosts(site) == ["site.acme.dev"]
    assert site.status["url"] == "http://site.acme.dev"


def test_apps_that_come_at_once_agree() -> None:
    """Both compose their route before either sees the other's. The older one stays, or the first by name."""
    dash = World(exposed(HOST))
    site = beside(dash, exposed(HOST))
    lookup = site.pipeline.find
    site.pipeline.find = lambda selector: []  # type: ignore[method-assign]  # Crossplane's cache is late.
    dash.reconcile()
    site.reconcile()
    site.pipeline.find = lookup  # type: ignore[method-assign]
    assert "ingress" in dash.keys & site.keys
    for _ in range(3):
        dash.settle()
        site.settle()
    assert dash.ready
    assert site.condition("RouteReady") == TAKEN
    assert "ingress" not in site.keys


def test_while_unanswered_the_route_stays_as_it_is(dash: World) -> None:
    """An edit of the hosts isn't applied before it is known whose they are, and no route is dropped."""
    dash.ask(exposed("new.acme.dev"))
    first, *_ = dash.reconcile().calls
    route = manifest(first.response.desired.resources["ingress"].resource)
    assert [rule["host"] for rule in route["spec"]["rules"]] == [HOST]
    assert hosts(dash) == ["new.acme.dev"]


def test_new_app_composes_no_route_before_the_answer() -> None:
    """It would take another app's traffic."""
    first, *_ = World(exposed(HOST)).reconcile().calls
    assert "ingress" not in first.response.desired.resources
    said = {c.type: (c.reason, c.message) for c in first.response.conditions}
    assert said["RouteReady"] == ("LookingUp", f"looks whether another app has the host {HOST} first")


def test_app_at_rest_looks_nothing_up(dash: World) -> None:
    """Once its host is its own, a call asks for nothing more."""
    assert not dash.reconcile().response.requirements.resources


def test_label_alone_takes_no_host_away() -> None:
    """Whoever labels an Ingress without serving the host holds nothing."""
    world = World(exposed(HOST))
    rules = [{"host": "else.acme.dev", "http": {"paths": []}}]
    metadata = {"name": "x", "namespace": "evil", "labels": {HOST_LABEL + mark(HOST): "true"}}
    world.apply(
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "Ingress",
            "metadata": metadata,
            "spec": {"rules": rules},
        }
    )
    assert world.settle().ready


def test_route_that_came_back_without_an_owner_is_the_apps_own(dash: World) -> None:
    """After a restore of the cluster the app meets its own route, and takes it."""
    if dash.style == "classic":
        dash.restore().settle()
        assert dash.ready
        assert hosts(dash) == [HOST]


def test_generated_hosts_never_meet() -> None:
    """An app's name holds no --, so app and namespace can't be taken for another pair."""
    platform = {"domain": "acme.dev"}
    one = World(FRONTEND, platform, name="shop", namespace="eu").settle()
    two = World(FRONTEND, platform, name="shop-eu", namespace="shop-eu").settle()
    three = World(FRONTEND, platform, name="shop", namespace="eu-prod").settle()
    four = World(FRONTEND, platform, name="shop-eu", namespace="prod").settle()
    urls = [world.status["url"] for world in (one, two, three, four)]
    assert urls == [
        "http://shop--eu.acme.dev",
        "http://shop-eu.acme.dev",
        "http://shop--eu-prod.acme.dev",
        "http://shop-eu--prod.acme.dev",
    ]


def test_app_of_two_letters_sets_its_host() -> None:
    """Certificate authorities refuse the generated name, which looks like an encoded one."""
    world = World(FRONTEND, {"domain": "acme.dev"}, name="ui", namespace="shop").settle()
    assert world.condition("Accepted").message == (
        "spec.ingress.host: the generated name is ui--shop, and certificate authorities refuse names with -- "
        "after two letters; set host"
    )
    own = World(FRONTEND, {"domain": "acme.dev"}, name="ui", namespace="ui").settle()
    assert own.status["url"] == "http://ui.acme.dev"


def test_app_name_holds_no_double_hyphen() -> None:
    """The name can't be edited, so it is refused at once."""
    world = World(FRONTEND, name="my--app").settle()
    assert world.condition("Accepted").message == (
        "metadata.name: 'my--app' must not have --, which parts app and namespace in generated hosts; "
        "delete it and apply it under another name"
    )
