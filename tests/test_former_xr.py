"""What a former XR applied stays in an object: server-side apply takes out only what nobody else applied."""

from typing import Any

from tests.simulator import APP, World

ONE = APP | {"database": {"instances": 1, "version": 17, "backup": {"enabled": False}}}
SYNCHRONOUS = {"method": "any", "number": 1, "dataDurability": "preferred", "failoverQuorum": True}


def instances(world: World) -> tuple[Any, Any]:
    """How many instances the Cluster has, and how they replicate."""
    spec = world.object("database-cluster")["spec"]
    return spec["instances"], spec["postgresql"].get("synchronous")


def test_fewer_instances_are_held_where_synchronous_replication_stays() -> None:
    """After a restore of the cluster's objects a new XR can't take it out, and says what does."""
    world = World().settle().restore().settle()
    world.ask(ONE).settle()
    assert instances(world) == (2, SYNCHRONOUS)
    assert world.condition("Synced").status == "True"
    held = world.condition("SpecHonored").message
    assert held.startswith("database.instances: kept 2 and not 1, the Cluster still has the synchronous")
    command = """kubectl patch cluster dash-db -n shop --type=json -p '[{"op": "remove", """
    assert command in held

    world.hand_edit("database-cluster", {"spec": {"postgresql": {"synchronous": None}}})
    assert instances(world.settle()) == (1, None)
    assert world.condition("SpecHonored").status == "True"


def test_fewer_instances_without_a_former_xr() -> None:
    """What this XR applied goes with the instances."""
    world = World().settle().ask(ONE).settle()
    assert instances(world) == (1, None)
