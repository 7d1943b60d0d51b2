"""Whether a NodeApp runs what is asked for, and what it says."""

import pytest

from fleet_services.commit_status.nodeapp import CROSSPLANE, judge, sentence
from function.cli import apps
from tests import flux_health
from tests.fleet_services.lives import BAD, DEV, running
from tests.simulated.simulation import Style
from tests.simulator import World

STYLES = pytest.mark.parametrize("style", ["classic", "modern"])


def test_crossplanes_keys_are_those_that_the_command_knows() -> None:
    """They are repeated here, because the image of the services hasn't the function."""
    assert frozenset(apps.CROSSPLANE) == CROSSPLANE


@STYLES
def test_a_life_is_judged_as_it_is(style: Style) -> None:
    """New, running, edited, refused and mended: at no moment is an edit current before it runs."""
    world = World(DEV, style=style)
    seen = []
    for _ in range(30):
        world.reconcile()
        seen.append(judge(world.claim))
    assert seen[0] == "in progress"
    assert judge(world.settle().claim) == "current"
    world.ask(DEV | {"frontend": {"image": "ghcr.io/acme/front:2.0.0"}})
    assert judge(world.claim) == "in progress"
    assert judge(world.settle().claim) == "current"
    world.ask(BAD)
    assert judge(world.claim) == "in progress"
    assert judge(world.settle().claim) == "failed"
    world.ask(DEV)
    assert judge(world.claim) == "in progress"
    assert judge(world.settle().claim) == "current"


@STYLES
def test_the_rules_are_those_of_flux(style: Style) -> None:
    """At each moment of a life, the judgement is that of the fleet's health expressions."""
    same = {"Current": "current", "Failed": "failed", "InProgress": "in progress", "Unknown": "in progress"}
    world = World(DEV, style=style)
    seen = set()
    for spec in (DEV, BAD, DEV, DEV | {"frontend": {"image": "ghcr.io/acme/front:2.0.0"}}):
        world.ask(spec)
        for _ in range(15):
            assert judge(world.claim) == same[flux_health.nodeapp(world.claim)]
            seen.add(judge(world.claim))
            world.reconcile()
    assert seen == set(same.values())


def test_the_sentence_of_a_refusal_is_the_functions() -> None:
    """It names the field and the remedy."""
    world = running()
    world.ask(BAD)
    assert "spec.backend.env" in sentence(world.settle().claim)
    assert "PORT" in sentence(world.claim)
