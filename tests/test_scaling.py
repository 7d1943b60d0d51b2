"""Replicas: what an autoscaler decides stays as it decided, and turning one on or off drops no pods."""

from typing import Any

import pytest

from tests.simulated.struct_codec import manifest
from tests.simulator import APP, World

BACKEND = APP["backend"]
HPA = "kube-controller-manager"
"""Under this name Kubernetes' own autoscaler writes the subresource scale."""
SCALING = {"min": 2, "max": 10}


@pytest.fixture
def world() -> World:
    """An app that runs, with five pods in its backend."""
    return World(APP | {"backend": BACKEND | {"replicas": 5}}).settle()


def pods(world: World) -> int:
    """Pods that the backend's Deployment asks for."""
    count: int = world.object("backend-deployment")["spec"]["replicas"]
    return count


def desired(world: World) -> dict[str, Any]:
    """The spec of the backend's Deployment as it is desired."""
    resource = world.rounds[-1].response.desired.resources["backend-deployment"].resource
    spec: dict[str, Any] = manifest(resource)["spec"]
    return spec


def scale(world: World, count: int, manager: str = HPA) -> None:
    """Somebody sets the number of pods, and the app is reconciled."""

    def change(old: dict[str, Any]) -> dict[str, Any]:
        return old | {"spec": old["spec"] | {"replicas": count}}

    world.server.update(world.where("backend-deployment"), manager, change, "scale")
    world.settle()


def scaled(**bounds: int) -> dict[str, Any]:
    """The backend, scaled by load."""
    without = {key: value for key, value in BACKEND.items() if key != "replicas"}
    return without | {"scaling": SCALING | bounds}


def test_scaling_that_is_switched_on_keeps_the_pods(world: World) -> None:
    """Left out, the number would fall to 1 until the autoscaler has measured something."""
    numbers = []
    world.edit(backend=scaled())
    for _ in range(4):
        world.reconcile()
        numbers.append(pods(world))
    assert numbers == [5, 5, 5, 5]
    assert world.settle().ready


@pytest.mark.parametrize(("bounds", "count"), [({"max": 4}, 4), ({"min": 7}, 7)])
def test_scaling_begins_within_its_bounds(world: World, bounds: dict[str, int], count: int) -> None:
    """What runs is brought within min and max."""
    world.edit(backend=scaled(**bounds)).settle()
    assert pods(world) == count


def test_new_app_begins_with_the_fewest_pods() -> None:
    """There is no load yet."""
    assert pods(World(APP | {"backend": scaled()}).settle()) == SCALING["min"]


def test_what_the_autoscaler_decides_stays(world: World) -> None:
    """Also while other fields are edited, and an edit is refused."""
    world.edit(backend=scaled()).settle()
    scale(world, 8)
    assert "replicas" not in desired(world)
    world.edit(backend=scaled() | {"env": {"LOG_LEVEL": "debug"}}).settle()
    assert (pods(world), world.ready) == (8, True)
    world.edit(team="T x").settle()
    assert pods(world) == 8


def test_scaling_that_is_switched_off_ends_in_the_number_that_is_asked_for(world: World) -> None:
    """A revert converges: the autoscaler was ours, so its number isn't held."""
    before = world.spec
    world.edit(backend=scaled()).settle()
    scale(world, 8)
    world.ask(before).settle()
    assert (pods(world), world.ready) == (5, True)
    assert "backend-hpa" not in world.composed()
    assert world.condition("SpecHonored").status == "True"


def test_autoscaler_that_agreed_decides_no_more_once_it_is_gone(world: World) -> None:
    """It still counts as one of the owners of the number that both of us stated."""
    world.edit(backend=scaled()).settle()
    scale(world, 8)
    scale(world, 5)
    world.edit(backend=BACKEND | {"replicas": 5}).settle()
    world.edit(backend=BACKEND | {"replicas": 3}).settle()
    assert (pods(world), world.condition("SpecHonored").status) == (3, "True")


def test_scaling_that_is_switched_off_without_a_number_ends_in_the_default(world: World) -> None:
    """The profile's."""
    world.edit(backend=scaled()).settle()
    scale(world, 8)
    world.edit(backend={"image": BACKEND["image"]}).settle()
    assert (pods(world), world.ready) == (2, True)


def test_autoscaler_of_somebody_else_decides(world: World) -> None:
    """Without a number in the NodeApp nothing is held. With one, the condition says how to get there."""
    world.edit(backend={"image": BACKEND["image"]}).settle()
    scale(world, 6)
    assert (pods(world), world.ready) == (6, True)
    assert world.condition("SpecHonored").status == "True"

    world.edit(backend=BACKEND | {"replicas": 3}).settle()

    assert (pods(world), world.ready) == (6, True)
    held = world.condition("SpecHonored")
    assert held.status == "False"
    assert "backend.replicas: kept 6 and not 3" in held.message


def test_the_command_that_the_hold_names_ends_it(world: World) -> None:
    """Once that autoscaler is deleted."""
    scale(world, 6)
    held = world.condition("SpecHonored").message
    assert "kubectl scale deployment" in held
    assert "--replicas=5" in held
    scale(world, 5, "kubectl")
    assert (pods(world), world.ready) == (5, True)
    assert world.condition("SpecHonored").status == "True"


def test_a_number_set_by_hand_is_put_back(world: World) -> None:
    """`kubectl scale` isn't an autoscaler."""
    scale(world, 1, "kubectl")
    assert pods(world) == 5


def test_pods_that_slept_wake_within_the_bounds(world: World) -> None:
    """While the database hibernates there are none, whatever an autoscaler said before."""
    world.edit(backend=scaled()).settle()
    scale(world, 8)
    world.edit(database=APP["database"] | {"hibernate": True}).settle()
    assert pods(world) == 0
    world.edit(database=APP["database"]).settle()
    assert (pods(world), world.ready) == (SCALING["min"], True)
