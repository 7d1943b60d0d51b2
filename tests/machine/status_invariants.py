"""What an app's status says is what there is: judged on a world at rest, without asking the function."""

import json

from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.fields import size
from tests.simulated import conditions
from tests.simulated.cnpg import archiver
from tests.simulated.cnpg_instances import HEALTHY, HIBERNATION, image
from tests.simulated.operators import Asleep
from tests.simulated.server_side_apply import Manifest
from tests.simulator import Told, World

GATES = ("Accepted", "FrontendReady", "BackendReady", "DatabaseReady", "RouteReady")
"""Conditions that hold back Ready."""


def hold(world: World, response: fnv1.RunFunctionResponse) -> None:
    """Everything that must be true of a world at rest."""
    desired = set(response.desired.resources)
    accepted: Manifest = world.status.get("accepted", {})
    assert desired <= world.keys, f"desired and not there: {desired - world.keys}"
    overall(world, response)
    database(world, desired, accepted.get("database"))
    backups(world)
    for role in ("frontend", "backend"):
        workload(world, desired, role, accepted.get(role))


def overall(world: World, response: fnv1.RunFunctionResponse) -> None:
    """Ready means that nothing holds it back; a message means that something is to be said."""
    told = {type_: world.condition(type_) for type_ in world.types}
    bad = {type_ for type_, each in told.items() if each.status != "True"}
    unready = {key for key, r in response.desired.resources.items() if r.ready != fnv1.READY_TRUE}
    assert world.ready == (not unready and not bad.intersection(GATES)), (bad, unready)
    assert bool(world.message) == bool(bad or unready), world.message
    assert world.status["ready"] == world.ready
    assert all(each.message for type_, each in told.items() if type_ in bad), "a problem without a word"


def database(world: World, desired: set[str], asked: Manifest | None) -> None:
    """DatabaseReady is True if all instances run what is asked, and only if."""
    if "DatabaseReady" not in world.types:
        assert asked is None
        return
    told = world.condition("DatabaseReady")
    there = "database-cluster" in desired
    if told.reason == "NotApplicable":
        assert not there
        return
    works = there and runs(world, asked or recorded(world))
    assert told.status == "True" or told.reason == "Replaced" or not works, told
    if told.status == "True":
        assert works
        if told.reason != "Hibernated":
            served(world, asked or {}, world.condition("SpecHonored"))


def recorded(world: World) -> Manifest:
    """The database as last asked, which stays in force after its removal. Junk counts as nothing."""
    notes = world.object("database-cluster")["metadata"]["annotations"]
    try:
        found: Manifest = json.loads(notes["platform.io/database"])
    except (KeyError, ValueError):
        return {}
    return found


def runs(world: World, asked: Manifest) -> bool:
    """Whether all instances of the Cluster run what it states, or all of it sleeps as asked."""
    cluster = world.object("database-cluster")
    status = cluster.get("status", {})
    if (cluster["metadata"].get("annotations") or {}).get(HIBERNATION) == "on":
        told = conditions.get(cluster, HIBERNATION)
        return bool(asked.get("hibernate")) and told is not None and told["status"] == "True"
    return bool(
        status.get("phase") == HEALTHY
        and status["readyInstances"] == cluster["spec"]["instances"]
        and status["pgDataImageInfo"]["image"] == image(cluster)
    )


def served(world: World, asked: Manifest, honored: Told) -> None:
    """What a database asks for is what its Cluster states, or is held and said so."""
    cluster = world.object("database-cluster")
    spec, held = cluster["spec"], honored.message
    assert asked.get("instances", spec["instances"]) == spec["instances"]
    parameters = spec["postgresql"]["parameters"]
    assert asked.get("parameters", {}).items() <= parameters.items()
    runs_ = cluster["status"]["pgDataImageInfo"]["majorVersion"]
    made = next(iter(spec["bootstrap"].values()))
    class_ = spec["storage"].get("storageClass")
    assert "database.version: kept" in held or asked.get("version", runs_) == runs_
    assert "database.name: kept" in held or asked.get("name", made["database"]) == made["database"]
    assert "database.storageClass: kept" in held or asked.get("storageClass", class_) == class_
    kept = spec["storage"]["size"]
    assert "database.storage: kept" in held or size(asked.get("storage", kept)) == size(kept)


def backups(world: World) -> None:
    """BackedUp is True only while the archive has all rows of this Cluster, and a backup to begin with.

    An operator that doesn't notice anything leaves the archive's state as it last told it.
    """
    if "BackedUp" not in world.types or world.condition("BackedUp").reason != "Archiving":
        return
    cluster = world.object("database-cluster")
    plugin = archiver(cluster)
    unnoticed = isinstance(world.parts.get("database-cluster"), Asleep)
    if plugin and world.condition("BackedUp").status == "True" and not unnoticed:
        archive = world.cnpg.archives[world.cnpg.place(cluster, plugin)]
        assert archive.uid == cluster["metadata"]["uid"], "backed up into another's archive"
        assert archive.bases, "backed up without a base backup"
        asleep = world.condition("DatabaseReady").reason == "Hibernated"
        assert asleep or archive.rows == world.cnpg.data[archive.uid], "rows that aren't archived"


def workload(world: World, desired: set[str], role: str, asked: Manifest | None) -> None:
    """A part is ready if all its pods run the image that is asked for, and only if."""
    type_ = f"{role.title()}Ready"
    if type_ not in world.types:
        assert asked is None
        return
    told, key = world.condition(type_), f"{role}-deployment"
    if told.reason == "NotApplicable":
        assert asked is None
        assert key not in desired
    elif told.reason == "NoImage":
        assert key not in desired
    else:
        deployment = world.object(key)
        assert (told.status == "True") == rolled_out(deployment) or told.reason == "WaitingForDatabase", told
        [container] = deployment["spec"]["template"]["spec"]["containers"]
        image_ = container["image"]
        assert (asked or {}).get("image", image_) == image_
        if told.reason not in ("Hibernated", "WaitingForDatabase"):
            assert world.status[role].get("image") == (image_ if told.status == "True" else None), told


def rolled_out(deployment: Manifest) -> bool:
    """Whether all pods run the newest template and serve."""
    status, replicas = deployment.get("status", {}), deployment["spec"]["replicas"]
    counts = {status.get(key, 0) for key in ("replicas", "updatedReplicas", "availableReplicas")}
    return counts == {replicas} and status.get("observedGeneration") == deployment["metadata"]["generation"]
