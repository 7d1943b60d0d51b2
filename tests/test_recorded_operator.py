"""The simulator's CloudNativePG does what the real one did, as recorded."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import recorded_operator
from tests.recorded_operator import GO_TIME, STATUS, TIME, Step, kept, load, names
from tests.simulated.api_server import ApiServer, Ref
from tests.simulated.cnpg import CloudNativePG
from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import HEALTHY, PHASES, UPGRADING, WAKING
from tests.simulated.server_side_apply import Manifest

FUNCTION = Path(__file__).parents[1] / "function"
UNPLAYED = {
    *("instancesStatus", "targetPGDataImageInfo", "healthyPVC", "initializingPVC", "danglingPVC", "pvcCount"),
    *("jobCount", "poolerIntegrations", "writeService", "readService"),
}
"""Fields of a Cluster's status that the simulator leaves out, as the function reads none of them."""
PATIENCE = 16
"""Reconciles after which nothing may change any more."""


class Replay:
    """A simulated operator, to which the recorded edits of an app's Cluster happen."""

    def __init__(self, app: str) -> None:
        """Nothing is there yet."""
        self.server = ApiServer()
        self.cnpg = CloudNativePG(self.server)
        self.ref = Ref("Cluster", "shop", f"{app}-db")

    def follow(self, step: Step) -> list[Manifest]:
        """The statuses that the simulated operator gives the Cluster after an edit, in order."""
        cluster = self.server.apply(written(self.ref, step), "crossplane")
        self.cnpg.data.setdefault(cluster["metadata"]["uid"], [])  # Whatever it is made of is there.
        operator = Instances(upgrades=step.rest.get("phase") != UPGRADING)
        statuses: list[Manifest] = []
        for _ in range(PATIENCE):
            before = self.server.writes
            self.cnpg.act(self.ref, operator)
            if self.server.writes == before:
                return statuses
            statuses.append(shown(self.server.objects[self.ref]["status"]))
        message = "the simulated operator comes to no rest"
        raise AssertionError(message)


def written(ref: Ref, step: Step) -> Manifest:
    """The Cluster of a step, as it is applied."""
    metadata = {"name": ref.name, "namespace": ref.namespace, "annotations": step.annotations}
    kind = {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster"}
    return kind | {"metadata": metadata, "spec": step.spec}


def shown(status: Manifest) -> Manifest:
    """A simulated status as recordings have it."""
    read: Manifest = json.loads(TIME.sub(GO_TIME, json.dumps(kept(status))))
    return read


@cache
def replayed(name: str) -> list[tuple[Step, list[Manifest], Manifest, Manifest]]:
    """Each step of a story, the statuses simulated in it, and the real and the simulated one in the end."""
    story = load(name)
    replay, steps = Replay(story.app), []
    real: Manifest = {}
    simulated: Manifest = {}
    for step in story.steps:
        statuses = replay.follow(step)
        real = step.rest or real
        simulated = statuses[-1] if statuses else simulated
        steps.append((step, statuses, real, simulated))
    return steps


def without_conditions(status: Manifest) -> Manifest:
    """A status but for its conditions."""
    return {key: item for key, item in status.items() if key != "conditions"}


def conditions(status: Manifest) -> dict[str, Any]:
    """The conditions of a status, by type."""
    return {each["type"]: each for each in status.get("conditions", [])}


@pytest.mark.parametrize("name", names())
def test_simulator_ends_as_the_operator_did(name: str) -> None:
    """After each edit, the simulated status has what the real one had, but for what nobody reads."""
    for step, _, real, simulated in replayed(name):
        wanted = {key: item for key, item in without_conditions(real).items() if key not in UNPLAYED}
        certificates = {key: wanted["certificates"][key] for key in simulated["certificates"]}
        expirations = dict.fromkeys(simulated["certificates"]["expirations"], GO_TIME)
        assert expirations.items() <= certificates["expirations"].items()
        wanted["certificates"] = certificates | {"expirations": expirations}
        assert without_conditions(simulated) == wanted, step.edit
        assert conditions(simulated).items() <= conditions(real).items(), step.edit


def test_nothing_that_the_function_reads_is_left_out() -> None:
    """What the simulator leaves out of a Cluster's status, no code of the function names."""
    assert set(STATUS) > UNPLAYED
    sources = "".join(file.read_text() for file in FUNCTION.rglob("*.py"))
    assert {field for field in UNPLAYED if f'"{field}"' in sources} == set()


@pytest.mark.parametrize("name", names())
def test_simulator_has_the_phases_in_the_operators_order(name: str) -> None:
    """The simulator skips phases, but has none that the operator didn't have, or had at another time.

    The exception is that of instances that take a while to start: those that KWOK plays start at once.
    """
    for step, statuses, _, _ in replayed(name):
        real = iter([HEALTHY, *step.phases()])
        phases = [status["phase"] for status in statuses if status["phase"] != WAKING]
        assert all(
            phase in real or phase == was for phase, was in zip(phases, [HEALTHY, *phases], strict=False)
        ), step.edit


@pytest.mark.parametrize("name", names())
def test_machine_knows_the_operators_phases(name: str) -> None:
    """The lives of the machine meet each phase that the real operator was seen in."""
    assert {phase for step in load(name).steps for phase in step.phases()} <= set(PHASES)


def test_folding_loses_nothing() -> None:
    """What is read of a story is what was recorded."""
    for name in names():
        steps = [vars(step) for step in load(name).steps]
        again = list(recorded_operator.unfolded(list(recorded_operator.folded(steps))))
        assert again == steps
