"""An app's status is true: compared with a world at rest, without a call of the function."""

import json

from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.accept import ACCEPTED
from function.api.quantity import size
from function.components.route.hosts import hosts_of
from function.components.route.keys import HTTPROUTES, INGRESS
from function.compose import COMPONENTS
from tests.machine.background_invariants import jobs, rolled_out, workers
from tests.simulated.cnpg import archiver
from tests.simulated.cnpg_instances import fenced, image
from tests.simulated.cnpg_phases import HEALTHY, HIBERNATION
from tests.simulated.conditions import get_condition
from tests.simulated.operators import Asleep
from tests.simulated.server_side_apply import Manifest
from tests.simulator import StatusCondition, World

GATES = {
    ACCEPTED.name,
    *(each.condition.name for each in COMPONENTS if each.condition and each.condition.gates),
}
"""Conditions that hold back Ready."""


def check(world: World, response: fnv1.RunFunctionResponse) -> None:
    """Check everything that must be true of a world at rest."""
    desired = set(response.desired.resources)
    accepted: Manifest = world.status.get("accepted", {})
    assert desired <= world.keys, f"desired and not there: {desired - world.keys}"
    overall(world, response)
    database(world, desired, accepted.get("database"))
    backups(world)
    route(world, accepted)
    policy(world, accepted)
    for role in ("frontend", "backend"):
        workload(world, desired, role, accepted.get(role))
    workers(world, accepted)
    jobs(world, accepted)


def overall(world: World, response: fnv1.RunFunctionResponse) -> None:
    """Ready is True if no gate is false and every object is ready; there is a message if anything is not."""
    conditions = {type_: world.condition(type_) for type_ in world.types}
    bad = {type_ for type_, condition in conditions.items() if condition.status != "True"}
    unready = {key for key, r in response.desired.resources.items() if r.ready != fnv1.READY_TRUE}
    assert world.ready == (not unready and not bad.intersection(GATES)), (bad, unready)
    of_the_app = {type_ for type_ in bad if conditions[type_].reason not in ("NoPrometheus", "Tolerated")}
    assert bool(world.message) == bool(of_the_app or unready), world.message
    assert world.status["ready"] == world.ready
    assert all(conditions[type_].message for type_ in bad), "a false condition without a message"


def database(world: World, desired: set[str], asked: Manifest | None) -> None:
    """DatabaseReady is True if all instances run what is asked, and only if."""
    if "DatabaseReady" not in world.types:
        assert asked is None
        return
    condition = world.condition("DatabaseReady")
    there = "database-cluster" in desired
    if condition.reason == "NotApplicable":
        assert not there
        return
    works = there and runs(world, asked or last_requested(world))
    assert condition.status == "True" or condition.reason == "Replaced" or not works, condition
    if condition.status == "True":
        assert works
        if condition.reason != "Hibernated":
            served(world, asked or {}, world.condition("SpecHonored"))


def last_requested(world: World) -> Manifest:
    """The database as last requested, which stays in force after its removal. Junk counts as nothing."""
    annotations = world.object("database-cluster")["metadata"]["annotations"]
    try:
        database_: Manifest = json.loads(annotations["platform.io/last-requested"])
    except (KeyError, ValueError):
        return {}
    return database_


def runs(world: World, asked: Manifest) -> bool:
    """Whether all instances of the Cluster run what it states, or all of it sleeps as asked."""
    cluster = world.object("database-cluster")
    status = cluster.get("status", {})
    if (cluster["metadata"].get("annotations") or {}).get(HIBERNATION) == "on":
        hibernated = get_condition(cluster, HIBERNATION)
        return bool(asked.get("hibernate") and hibernated and hibernated["status"] == "True")
    return bool(
        status.get("phase") == HEALTHY
        and not status.get("resizingPVC")
        and not fenced(cluster)
        and status.get("readyInstances") == cluster["spec"]["instances"]
        and status["pgDataImageInfo"]["image"] == image(cluster)
    )


def served(world: World, asked: Manifest, honored: StatusCondition) -> None:
    """What the spec asks of a database is in its Cluster, or is held and SpecHonored says so."""
    cluster = world.object("database-cluster")
    spec, held = cluster["spec"], honored.message
    instances = asked.get("instances", spec["instances"])
    assert "database.instances: kept" in held or instances == spec["instances"]
    parameters = spec["postgresql"]["parameters"]
    assert asked.get("parameters", {}).items() <= parameters.items()
    runs_ = cluster["status"]["pgDataImageInfo"]["majorVersion"]
    made = next(iter(spec["bootstrap"].values()))
    class_ = spec["storage"].get("storageClass")
    assert "database.version: kept" in held or asked.get("version", runs_) == runs_
    assert "database.name: kept" in held or asked.get("name", made["database"]) == made["database"]
    locale = asked.get("locale") if "initdb" in spec["bootstrap"] else None
    if locale and "database.locale: kept" not in held:
        assert locale["provider"] == made.get("localeProvider", "libc")
        assert locale["locale"] in made.values()
    assert "database.storageClass: kept" in held or asked.get("storageClass", class_) == class_
    kept = spec["storage"]["size"]
    assert "database.storage: kept" in held or size(asked.get("storage", kept)) == size(kept)


def backups(world: World) -> None:
    """BackedUp is True only while the archive has all rows of this Cluster, and a backup to begin with.

    An operator that is asleep leaves the archive's condition as it was.
    """
    if "BackedUp" not in world.types or world.condition("BackedUp").reason != "Archiving":
        return
    cluster = world.object("database-cluster")
    plugin = archiver(cluster)
    unnoticed = isinstance(world.parts.get("database-cluster"), Asleep)
    if plugin and world.condition("BackedUp").status == "True" and not unnoticed:
        archive = world.cnpg.archives[world.cnpg.location(cluster, plugin)]
        assert archive.uid == cluster["metadata"]["uid"], "backed up into another's archive"
        assert archive.bases[archive.mixed :], "backed up without a base backup"
        assert archive.major == cluster["status"]["pgDataImageInfo"]["majorVersion"], (
            "backups of another major"
        )
        asleep = world.condition("DatabaseReady").reason == "Hibernated"
        assert asleep or archive.rows == world.cnpg.data[archive.uid], "rows that aren't archived"


def route(world: World, accepted: Manifest) -> None:
    """RouteReady is True only if every host that the NodeApp names is served."""
    if "RouteReady" not in world.types:
        return
    condition, ingress = world.condition("RouteReady"), accepted.get("ingress", {})
    own, routes = accepted.get("backend", {}).get("host"), {INGRESS, *HTTPROUTES}
    named = {ingress.get("host"), *ingress.get("hosts", []), own} - {None}
    if condition.status == "True" and condition.reason != "NotApplicable":
        served_ = {host for key in routes & world.keys for host in hosts_of(world.object(key))}
        assert named <= served_, condition


def policy(world: World, accepted: Manifest) -> None:
    """PolicyCompliant is False while an image is in force that is in none of the Platform's registries."""
    registries = tuple((world.settings or {}).get("registries", ()))
    images = [accepted[role].get("image") or "" for role in ("frontend", "backend") if role in accepted]
    if registries == ("ghcr.io/acme",) and any(i and not i.startswith("ghcr.io/acme/") for i in images):
        assert world.condition("PolicyCompliant").status == "False"


def workload(world: World, desired: set[str], role: str, asked: Manifest | None) -> None:
    """A part is ready if all its pods run the image that is asked for, and only if."""
    type_ = f"{role.title()}Ready"
    if type_ not in world.types:
        assert asked is None
        return
    condition, key = world.condition(type_), f"{role}-deployment"
    if condition.reason == "NotApplicable":
        assert asked is None
        assert key not in desired
    elif condition.reason == "NoImage":
        assert key not in desired
    else:
        deployment = world.object(key)
        assert (condition.status == "True") == rolled_out(
            deployment
        ) or condition.reason == "WaitingForDatabase", condition
        [container] = deployment["spec"]["template"]["spec"]["containers"]
        image_ = container["image"]
        assert (asked or {}).get("image", image_) == image_
        if condition.reason not in ("Hibernated", "WaitingForDatabase"):
            assert world.status[role].get("image") == (image_ if condition.status == "True" else None), (
                condition
            )
