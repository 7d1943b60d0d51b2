"""Which Platform governs: one that goes, is wrong or changes costs no app anything."""

import pytest

from tests.simulator import BACKED_UP as APP
from tests.simulator import STORED, StatusCondition, World


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World(APP, STORED).settle()


def test_platform_that_is_gone_strips_no_app(world: World) -> None:
    """An app composed with a Platform goes on as it was until the Platform is back."""
    world = World(APP | {"ingress": {}}, {"domain": "acme.dev"}).settle()
    before = world.state
    world.govern(None).settle()
    message = (
        "the Platform default that this app was composed with is gone; nothing is changed until it is "
        "applied again (to do without its settings, apply one with spec: {})"
    )
    assert world.condition("Accepted") == StatusCondition("False", "PlatformMissing", message)
    assert world.state == before
    assert world.status["platform"] == {"name": "default"}
    world.govern({"domain": "acme.dev"}).settle()
    assert world.state == before
    assert world.ready


def test_platform_can_be_given_up_on_purpose() -> None:
    """An empty Platform brings the defaults back."""
    world = World(APP | {"ingress": {}}, {"domain": "acme.dev"}).settle()
    world.govern({}).settle()
    assert "ingress" not in world.keys
    assert world.condition("Accepted").status == "True"


def test_no_platform_at_all_is_fine() -> None:
    """Who never had a Platform misses none, and may get one at any time."""
    world = World().settle()
    assert world.ready
    assert "platform" not in world.status
    assert world.govern({"domain": "acme.dev"}).settle().status["platform"] == {"name": "default"}


def test_wrong_platform_changes_nothing(world: World) -> None:
    """A mistake in the Platform touches no app, and says who has to fix it."""
    before = world.state
    world.govern({"profiles": {"prod": {"replicas": -1}}}).settle()
    message = (
        "Platform default: spec.profiles.prod.replicas: must be at least 0, not -1; "
        "nothing is changed until the platform team fixes it"
    )
    assert world.condition("Accepted") == StatusCondition("False", "InvalidPlatform", message)
    assert world.state == before


def test_typo_in_the_steps_input_changes_nothing(world: World) -> None:
    """The step's input is a Platform too, and nobody else checks it."""
    world.pipeline.input = {"spec": {"domian": "acme.dev"}}
    world.settle()
    wrong = "input.spec.domian: is unknown; did you mean domain?"
    message = f"{wrong}; nothing is changed until the Composition is fixed"
    assert world.condition("Accepted") == StatusCondition("False", "InvalidPlatform", message)


def test_platform_wins_over_the_steps_input() -> None:
    """The step's input is merged under the Platform, field by field."""
    world = World(APP | {"ingress": {}}, {"domain": "acme.dev"})
    world.pipeline.input = {"spec": {"domain": "other.dev", "ingress": {"className": "nginx"}}}
    world.settle()
    assert world.status["url"] == "http://dash--shop.acme.dev"
    assert world.object("ingress")["spec"]["ingressClassName"] == "nginx"


def test_policy_judges_changes() -> None:
    """A spec in force stays in force when the Platform tightens, and the next edit is judged."""
    world = World(APP | {"ingress": {}}, name="n" * 40, namespace="s" * 30).settle()
    world.govern({"domain": "acme.dev"}).settle()
    breach = (
        f"spec.ingress.host: the generated name {'n' * 40}--{'s' * 30} has more than 63 characters; set host"
    )
    assert world.condition("Accepted") == StatusCondition("True", "Accepted", "")
    assert world.condition("PolicyCompliant") == StatusCondition(
        "False", "Breach", f"would be refused today: {breach}"
    )
    world.edit(team="other").settle()
    message = f"{breach}; the spec accepted before stays in force"
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)
