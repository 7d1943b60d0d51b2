"""Which paths of which hosts lead to which part."""

from typing import Any

import pytest

from tests.console import Console, spec
from tests.simulator import World

FRONTEND = {"image": "ghcr.io/acme/front:1.0.0"}
BACKEND = {"image": "ghcr.io/acme/back:1.0.0"}
BOTH = {"team": "web", "frontend": FRONTEND, "backend": BACKEND, "ingress": {"host": "shop.acme.dev"}}


def led(world: World) -> dict[str, str]:
    """Host with path, and the Service behind it."""
    return {
        rule["host"] + path["path"]: path["backend"]["service"]["name"]
        for rule in world.object("ingress")["spec"]["rules"]
        for path in rule["http"]["paths"]
    }


def app(**backend: Any) -> World:
    """An app with both parts, at rest."""
    return World(BOTH | {"backend": BACKEND | backend}).settle()


def test_backend_has_its_paths_and_the_frontend_the_rest() -> None:
    """Without paths it is /api."""
    front = {"shop.acme.dev/": "dash-frontend"}
    assert led(app()) == front | {"shop.acme.dev/api": "dash-backend"}
    paths = {"shop.acme.dev/v1": "dash-backend", "shop.acme.dev/ws": "dash-backend"}
    assert led(app(paths=["/v1", "/ws"])) == front | paths


def test_backend_has_a_host_of_its_own() -> None:
    """Then the app's host leads to the frontend only, /api included."""
    front = {"shop.acme.dev/": "dash-frontend"}
    world = app(host="api.acme.dev")
    assert led(world) == front | {"api.acme.dev/": "dash-backend"}
    assert world.status["url"] == "http://shop.acme.dev"
    assert led(app(host="api.acme.dev", paths=["/v1"])) == front | {"api.acme.dev/v1": "dash-backend"}


@pytest.mark.parametrize(("paths", "led_to"), [(None, ["/"]), (["/v1", "/ws"], ["/v1", "/ws"])])
def test_backend_alone_has_all_paths_or_those_that_it_asks_for(paths: Any, led_to: list[str]) -> None:
    """No path that is written is ignored."""
    asked = {"team": "web", "backend": BACKEND | ({"paths": paths} if paths else {})}
    world = World(asked | {"ingress": {"host": "shop.acme.dev"}}).settle()
    assert led(world) == {f"shop.acme.dev{path}": "dash-backend" for path in led_to}


def test_backend_alone_with_a_host_of_its_own_is_exposed() -> None:
    """It is asked for, so no ingress: {} is needed."""
    world = World({"team": "web", "backend": BACKEND | {"host": "api.acme.dev"}}).settle()
    assert led(world) == {"api.acme.dev/": "dash-backend"}
    assert world.status["url"] == "http://api.acme.dev"
    assert world.ready
    asked = {"tls": False}
    assert world.edit(ingress=asked).settle().ready


def test_frontend_without_a_host_is_told_beside_a_backend_with_one() -> None:
    """The backend's host is served meanwhile."""
    world = app(host="api.acme.dev").edit(ingress={}).settle()
    assert world.condition("RouteReady").reason == "NoHost"
    assert led(world) == {"api.acme.dev/": "dash-backend"}


def test_wildcard_is_no_address() -> None:
    """The URL is the first host that is one name."""
    world = World(BOTH | {"ingress": {"hosts": ["*.acme.dev", "a.acme.dev"]}}).settle()
    assert led(world)["*.acme.dev/"] == "dash-frontend"
    assert world.status["url"] == "http://a.acme.dev"
    assert "url" not in World(BOTH | {"ingress": {"hosts": ["*.acme.dev"]}}).settle().status


@pytest.mark.parametrize("host", ["*.acme.dev", "*.shop.acme.dev"])
def test_wildcard_lies_under_the_domains(host: str) -> None:
    """Where the Platform names domains, a wildcard is no way round them."""
    asked = BOTH | {"ingress": {"hosts": [host]}}
    assert World(asked, {"domains": ["acme.dev"]}).settle().ready
    refusal = World(asked, {"domains": ["dev.acme.dev"]}).settle().condition("Accepted")
    assert refusal.message == (
        f"spec.ingress.hosts.0: {host} must be or lie under one of the Platform's domains: dev.acme.dev"
    )


def test_own_host_lies_under_the_domains() -> None:
    """The backend's as any other."""
    asked = BOTH | {"backend": BACKEND | {"host": "api.evil.dev"}}
    refusal = World(asked, {"domains": ["acme.dev"]}).settle().condition("Accepted")
    assert refusal.message.startswith("spec.backend.host: api.evil.dev must be or lie under one of")


def test_own_host_is_not_the_generated_one() -> None:
    """Two parts would be behind one host."""
    asked = {"team": "web", "frontend": FRONTEND, "backend": BACKEND | {"host": "dash--shop.acme.dev"}}
    assert World(asked, {"domain": "acme.dev"}).settle().condition("Accepted").message == (
        "spec.backend.host: dash--shop.acme.dev is the app's generated host; choose another, or set "
        "ingress.host"
    )


def test_own_host_belongs_to_the_app_that_had_it_first() -> None:
    """Another app is told, as of any host."""
    world = app(host="api.acme.dev")
    site = World({"team": "web", "frontend": FRONTEND, "ingress": {"host": "api.acme.dev"}}, name="site")
    site.server.objects |= {ref: each for ref, each in world.server.objects.items() if ref.kind == "Ingress"}
    owner = "api.acme.dev belongs to NodeApp shop/dash, which had it first"
    assert site.settle().condition("RouteReady").message.startswith(owner)


def test_check_finds_one_host_in_two_apps(shell: Console) -> None:
    """The backend's own host is compared too, and its place is named."""
    shell.write("one.yaml", spec("team: web\nfrontend: {}\ningress: {host: a.acme.dev}", name="one"))
    shell.write("two.yaml", spec("team: web\nbackend:\n  host: a.acme.dev", name="two"))
    done = shell.run("check", "one.yaml", "two.yaml")
    assert "two.yaml:7:5: spec.backend.host: a.acme.dev is the host of another app too" in done.stdout
