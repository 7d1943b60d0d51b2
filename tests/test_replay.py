"""The simulator is itself checked: it shows the function what real control planes showed it."""

import pytest

from function.components.database.keys import VOLUME
from tests import recordings
from tests.replay import Recording, replay
from tests.simulated.operators import rolling_out, switching_over
from tests.simulator import APP, World

SETTINGS = {"domain": "acme.dev"}
BEGINNING = 20
"""Calls of a recorded life in which its database is made."""


@pytest.mark.parametrize("name", recordings.names())
def test_recording(name: str) -> None:
    """What was recorded on a real control plane is what the simulator does."""
    assert replay(Recording.load(name)) == []


@pytest.fixture
def recording() -> Recording:
    """A life of an app, recorded by the simulator itself: it tests the replay, not the simulator."""
    world = World(APP, SETTINGS).settle()
    claim = {"metadata": {"name": "dash", "namespace": "shop"}, "spec": APP}
    world.edit(database={"storage": "1Gi"}).settle().play("database-cluster", switching_over).settle()
    world.edit(frontend=None).play("backend-deployment", rolling_out(1)).settle().lose("ingress").settle()
    world.edit(team="X").settle().govern(None).settle().govern(SETTINGS).ask(APP).settle()
    calls = [call for done in world.rounds for call in done.calls]
    return Recording(claim, SETTINGS, calls)


def test_replay_of_a_faithful_recording(recording: Recording) -> None:
    """A faithful recording is replayed without a difference."""
    assert replay(recording) == []


def test_replay_finds_what_differs(recording: Recording) -> None:
    """What the simulator doesn't show as recorded is named, with the reconcile and the call."""
    request = recording.calls[-1].request
    request.observed.resources["mystery"].resource.update({"kind": "ConfigMap", "metadata": {"name": "x"}})
    differences = replay(recording)
    number = len(list(recording.reconciles())) - 1
    assert any(line.startswith(f"reconcile {number}: call 0: observed keys: [") for line in differences)
    assert any("'mystery'" in line for line in differences)


def test_operators_may_take_longer_than_the_simulator() -> None:
    """A volume that CloudNativePG hadn't made when it was looked up isn't there in the replay either."""
    life = Recording.load("life")
    life = life._replace(calls=life.calls[:BEGINNING])
    answers = [call.request.required_resources for call in life.calls]
    found = (each[VOLUME].items for each in answers if VOLUME in each)
    del next(filter(None, found))[:]
    assert replay(life) == []
