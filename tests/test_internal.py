"""An app that nothing leads to from outside says so from the beginning, and what would change that."""

from tests.simulator import APP, StatusCondition, World

ALONE = {"team": "web", "backend": APP["backend"]}
WITH_FRONTEND = ALONE | {"frontend": APP["frontend"]}
NO_HOST = "not exposed, as there is no host: set ingress.host, or domain on the Platform"
BACKEND_ALONE = "not exposed: a backend alone stays internal until ingress: {} is set"


def test_a_frontend_without_a_host_says_why_it_has_no_url() -> None:
    """Nothing is wrong with it: the app is ready."""
    world = World(WITH_FRONTEND).settle()
    assert world.condition("RouteReady") == StatusCondition("True", "Internal", NO_HOST)
    assert "url" not in world.status
    assert world.ready
    assert world.message == ""


def test_a_backend_alone_says_how_it_is_exposed() -> None:
    """Whether it has been or not."""
    world = World(ALONE).settle()
    assert world.condition("RouteReady") == StatusCondition("True", "Internal", BACKEND_ALONE)
    world.edit(ingress={"host": "api.acme.dev"}).settle().edit(ingress=None).settle()
    assert world.condition("RouteReady") == StatusCondition("True", "Internal", BACKEND_ALONE)


def test_a_domain_ends_it() -> None:
    """Once the Platform has one, the app has a URL."""
    world = World(WITH_FRONTEND).settle().govern({"domain": "acme.dev"}).settle()
    assert world.condition("RouteReady") == StatusCondition("True", "Available", "")
    assert world.status["url"] == "http://dash--shop.acme.dev"
