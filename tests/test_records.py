"""Records are added to objects when their value is known. That is no change of the app."""

import pytest

from function.api.names import CLUSTER_UID, FIRST_CA
from tests.simulated.simulation import Style
from tests.simulator import APP, World

RECORDED = {"database-cluster": CLUSTER_UID, "backend-deployment": FIRST_CA}


def waits_for_updates(world: World) -> list[str]:
    """What the conditions say of objects that aren't as desired."""
    messages = (world.condition(type_).message for type_ in world.types)
    return [message for message in messages if "not updated yet" in message]


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_a_new_app_is_never_told_to_be_not_updated_yet(style: Style) -> None:
    """Each such sentence would be a write of the status, and the write causes another reconcile."""
    world, said = World(APP, style=style), list[str]()
    for _ in range(8):
        world.reconcile()
        said += waits_for_updates(world)
    assert world.ready
    assert not said
    for key, record in RECORDED.items():
        assert record in world.object(key)["metadata"]["annotations"]


@pytest.mark.parametrize("key", RECORDED)
def test_a_record_that_was_taken_off_is_written_again(key: str) -> None:
    """The app stays Ready meanwhile, and a function that remembers the object writes the record."""
    world = World(APP).settle()
    before = world.object(key)["metadata"]["annotations"]
    world.hand_edit(key, {"metadata": {"annotations": {RECORDED[key]: None}}})
    world.reconcile()
    assert world.ready
    assert not waits_for_updates(world)
    assert world.object(key)["metadata"]["annotations"] == before


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_a_new_app_is_at_rest_after_two_reconciles(style: Style) -> None:
    """One makes all objects, one reports on them, and the next one changes nothing."""
    assert len(World(APP, style=style).settle().rounds) == 3
