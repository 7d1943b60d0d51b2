"""What people change by hand: what was asked for is put back, all else is left alone."""

import json

import pytest

from tests.clusters import cluster
from tests.conditions import held
from tests.simulated.admission import major
from tests.simulator import APP, World

DATABASE = APP["database"]


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World().settle()


def test_instances_parameters_and_resources_are_applied(world: World) -> None:
    """What can be undone is applied, up and down."""
    changed = {"instances": 1, "parameters": {"work_mem": "16MB"}, "resources": {"limits": {"memory": "2Gi"}}}
    world.edit(database=DATABASE | changed).settle()
    spec = cluster(world)
    assert spec["instances"] == 1
    assert "synchronous" not in spec["postgresql"]
    assert spec["postgresql"]["parameters"]["work_mem"] == "16MB"
    assert spec["postgresql"]["parameters"]["shared_buffers"] == "512MB"
    assert spec["resources"]["requests"]["memory"] == spec["resources"]["limits"]["memory"] == "2Gi"
    world.ask(APP).settle()
    assert cluster(world)["instances"] == 3
    assert "work_mem" not in cluster(world)["postgresql"]["parameters"]


def test_what_was_set_by_hand_and_not_asked_is_left_alone(world: World) -> None:
    """Fields that the function never states stay as people set them."""
    world.hand_edit("database-cluster", {"spec": {"walStorage": {"size": "5Gi"}, "logLevel": "debug"}})
    world.settle()
    assert cluster(world)["walStorage"] == {"size": "5Gi", "resizeInUseVolumes": True}
    assert cluster(world)["logLevel"] == "debug"


def test_what_was_asked_and_changed_by_hand_is_put_back(world: World) -> None:
    """Drift in what the function states is repaired."""
    world.hand_edit("backend-deployment", {"spec": {"replicas": 7}}).settle()
    assert world.object("backend-deployment")["spec"]["replicas"] == 2
    assert world.ready


def test_storage_grown_by_hand_is_held(world: World) -> None:
    """A volume that someone grew isn't shrunk back."""
    world.hand_edit("database-cluster", {"spec": {"storage": {"size": "80Gi"}}}).settle()
    assert cluster(world)["storage"]["size"] == "80Gi"
    assert world.condition("SpecHonored") == held(
        "database.storage: kept 80Gi, a volume can't shrink to 20Gi"
    )


@pytest.mark.parametrize("stanza", ["{", '{"storage": ["v9"]}', "[]", ""])
def test_unreadable_record_loses_nothing(world: World, stanza: str) -> None:
    """A record that this version can't read counts as empty: the Cluster's own fields still hold."""
    note = {"metadata": {"annotations": {"platform.io/last-requested": stanza}}}
    world.edit(database=None).hand_edit("database-cluster", note).settle()
    assert cluster(world)["storage"]["size"] == "20Gi"
    assert cluster(world)["instances"] == 3
    assert major(cluster(world)["imageName"]) == 17


def test_database_is_recorded_as_asked(world: World) -> None:
    """The record on the Cluster is what was asked, not what is in force."""
    world.edit(database=DATABASE | {"storage": "1Gi"}).settle()
    notes = world.object("database-cluster")["metadata"]["annotations"]
    assert json.loads(notes["platform.io/last-requested"]) == DATABASE | {"storage": "1Gi"}
