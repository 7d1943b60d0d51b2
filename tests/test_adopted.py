"""A Cluster that somebody else made stays unchanged, except for what the spec asks explicitly."""

from typing import Any

import pytest

from function.patch import merge
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, World

SPEC: dict[str, Any] = {
    "imageName": "registry.acme.dev/postgresql:17.2",
    "instances": 5,
    "storage": {"size": "10Gi", "storageClass": "slow"},
    "bootstrap": {"initdb": {"database": "old", "owner": "old"}},
    "enableSuperuserAccess": True,
    "resources": {"requests": {"memory": "16Gi"}, "limits": {"memory": "16Gi"}},
    "postgresql": {"parameters": {"shared_buffers": "6GB", "max_connections": "500"}},
}


@pytest.fixture
def world() -> World:
    """An app that says nothing of its database but that it wants one, and finds one."""
    world = World(APP | {"database": {}})
    metadata = {"name": "dash-db", "namespace": "shop"}
    api_version = "postgresql.cnpg.io/v1"
    world.apply({"apiVersion": api_version, "kind": "Cluster", "metadata": metadata, "spec": SPEC})
    return world.settle()


def cluster(world: World) -> Manifest:
    """The Cluster's spec now."""
    spec: Manifest = world.object("database-cluster")["spec"]
    return spec


def test_nothing_of_it_changes(world: World) -> None:
    """No default takes memory, connections, instances or access away, nor grows its volume."""
    spec = cluster(world)
    assert merge(spec, SPEC) == spec
    assert spec["storage"]["size"] == "10Gi"
    assert world.ready
    assert world.status["database"]["instances"] == 5


def test_what_is_asked_for_is_applied(world: World) -> None:
    """Words count: each changes what it names, and what follows from it."""
    database = {"instances": 3, "storage": "40Gi", "parameters": {"max_connections": "200"}}
    world.edit(database=database | {"resources": {"requests": {"memory": "8Gi"}}}).settle()
    spec = cluster(world)
    assert (spec["instances"], spec["storage"]["size"]) == (3, "40Gi")
    assert spec["resources"]["limits"]["memory"] == "8Gi"
    assert spec["postgresql"]["parameters"]["max_connections"] == "200"
    assert spec["postgresql"]["parameters"]["shared_buffers"] == "2048MB"
    assert spec["enableSuperuserAccess"] is True


def test_it_is_kept_when_it_is_removed_again(world: World) -> None:
    """Under Retain an adopted Cluster stays as it is after database is removed."""
    before = cluster(world)
    world.edit(database=None).settle()
    assert cluster(world) == before


def test_it_is_remembered_by_a_new_composite(world: World) -> None:
    """A Cluster that was adopted once is as safe when it is found again."""
    before = cluster(world)
    assert cluster(world.restore().settle()) == before


def test_a_removed_database_is_found_again() -> None:
    """A kept Cluster that Crossplane has lost sight of is looked up while its uid is on record."""
    world = World().settle().edit(database=None).settle()
    uid = world.status["database"]["uid"]
    world.server.update(world.bind(), "kubectl", without_references)
    world.settle()
    assert "database-cluster" in world.keys
    assert world.status["database"]["uid"] == uid
    assert world.condition("SpecHonored").reason == "Held"


def without_references(xr: Manifest) -> Manifest:
    """An XR that knows of nothing that it composed."""
    return xr | {"spec": {key: value for key, value in xr["spec"].items() if key != "resourceRefs"}}
