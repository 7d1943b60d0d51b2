"""A NodeApp whose finalizer was taken off left its XNodeApp behind, which owns the database."""

import json
import re

from tests.clusters import CLUSTER, cluster, rows
from tests.simulator import APP, StatusCondition, World


def left() -> World:
    """An app that was deleted by force, and is written again."""
    return World().settle().lose_claim().ask(APP).settle()


def test_the_former_owner_is_named_with_the_way_back() -> None:
    """The message names the former XNodeApp, and never tells anybody to delete what owns the data."""
    patch = '{"spec":{"resourceRef":{"apiVersion":"platform.io/v1","kind":"XNodeApp","name":"dash-x0000"}}}'
    message = (
        "Cluster dash-db belongs to XNodeApp dash-x0000, which a former NodeApp of this name left; to go on "
        f"with that one, run kubectl patch nodeapp.platform.io dash -n shop --type=merge -p '{patch}', and "
        "then kubectl delete xnodeapp.platform.io dash-x0001"
    )
    assert left().condition("DatabaseReady") == StatusCondition("False", "Conflict", message)


def test_the_command_in_the_message_gives_the_database_back() -> None:
    """After the patch the NodeApp is that of its former XNodeApp again, with all data, and Ready."""
    world = left()
    before, held = cluster_uid(world), rows(world)
    found = re.search(r"-p '(\{.*?\})'", world.condition("DatabaseReady").message)
    assert found
    bound = json.loads(found[1])["spec"]
    world.server.update(world.ref, "kubectl", lambda old: old | {"spec": old["spec"] | bound})
    world.settle()
    assert cluster_uid(world) == before
    assert rows(world) > held
    assert cluster(world)["instances"] == 3
    assert world.ready


def cluster_uid(world: World) -> str:
    """The uid of the Cluster, whoever owns it."""
    uid: str = world.server.objects[CLUSTER]["metadata"]["uid"]
    return uid
