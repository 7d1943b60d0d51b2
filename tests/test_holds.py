"""What can't be undone is held: the rest of an edit goes through, and SpecHonored says what didn't."""

import json

import pytest

from tests.simulated.admission import major
from tests.simulated.operators import failing_upgrade
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, StatusCondition, World

HONORED = StatusCondition("True", "Honored", "")
DATABASE = APP["database"]
GONE = (
    "database: kept, with its 20Gi of data; "
    "to delete it, first commit database.deletionPolicy: Delete, then remove database"
)
FAMILY = {"database-cluster", "deletion-protection-database", "deletion-protection"}


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World().settle()


def cluster(world: World) -> Manifest:
    """The spec of the Cluster in the cluster."""
    spec: Manifest = world.object("database-cluster")["spec"]
    return spec


def held(message: str) -> StatusCondition:
    """What SpecHonored says where something is held."""
    return StatusCondition("False", "Held", message)


def test_lower_storage_is_held_and_the_app_stays_ready(world: World) -> None:
    """A volume never shrinks, and asking for less is no error."""
    world.edit(database=DATABASE | {"storage": "10Gi"}).settle()
    assert cluster(world)["storage"]["size"] == "20Gi"
    assert world.condition("SpecHonored") == held(
        "database.storage: kept 20Gi, a volume can't shrink to 10Gi"
    )
    assert world.ready
    assert world.message == "database.storage: kept 20Gi, a volume can't shrink to 10Gi"


def test_larger_storage_is_applied(world: World) -> None:
    """A volume grows as it is asked to."""
    world.edit(database=DATABASE | {"storage": "50Gi"}).settle()
    assert cluster(world)["storage"]["size"] == "50Gi"
    assert world.condition("SpecHonored") == HONORED


def test_less_storage_by_profile_is_held_without_a_word(world: World) -> None:
    """If no size was written, keeping a larger one isn't reported."""
    world.edit(environment="dev", database={"version": 17}).settle()
    assert cluster(world)["storage"]["size"] == "20Gi"
    assert world.condition("SpecHonored") == HONORED


def test_lower_version_is_held(world: World) -> None:
    """PostgreSQL doesn't go back."""
    world.edit(database=DATABASE | {"version": 16}).settle()
    assert major(cluster(world)["imageName"]) == 17
    assert world.condition("SpecHonored") == held("database.version: kept 17, PostgreSQL can't go back to 16")


def test_version_not_given_any_more_is_what_runs(world: World) -> None:
    """Who names no version keeps the one that runs, not the platform's newest."""
    world.edit(database={"storage": "20Gi"}).settle()
    assert major(cluster(world)["imageName"]) == 17
    assert world.condition("SpecHonored") == HONORED


def test_higher_version_is_applied(world: World) -> None:
    """A higher major is an upgrade, and the status tells it once it has happened."""
    world.edit(database=DATABASE | {"version": 18}).settle()
    assert major(cluster(world)["imageName"]) == 18
    assert world.status["database"]["version"] == 18
    assert world.ready


def test_upgrade_that_cloudnativepg_cannot_do_is_held() -> None:
    """CloudNativePG upgrades in place only to 16 or newer, so 15 asked of an older database is held."""
    world = World(APP | {"database": {}})
    world.apply(stray("ghcr.io/cloudnative-pg/postgresql:14.19"))
    world.settle().edit(database={"version": 15}).settle()
    assert major(cluster(world)["imageName"]) == 14
    message = "database.version: kept 14, CloudNativePG can't upgrade it to 15, only to 16 or newer"
    assert world.condition("SpecHonored") == held(message)


def test_database_with_an_image_catalog_keeps_it() -> None:
    """An adopted Cluster that takes its image from a catalog goes on doing so."""
    catalog = {"kind": "ClusterImageCatalog", "name": "company", "major": 17}
    world = World(APP | {"database": {"version": 18}})
    stray_cluster = stray("")
    del stray_cluster["spec"]["imageName"]
    stray_cluster["spec"]["imageCatalogRef"] = catalog
    world.apply(stray_cluster)
    world.settle()
    assert "imageName" not in cluster(world)
    message = "database.version: kept 17, its image comes from the catalog company; change it there"
    assert world.condition("SpecHonored") == held(message)


def test_failed_upgrade_is_taken_back_to_its_own_image(world: World) -> None:
    """Going back from an upgrade that failed is CloudNativePG's cure, and let through."""
    before = cluster(world)["imageName"]
    world.play("database-cluster", failing_upgrade).edit(database=DATABASE | {"version": 18}).settle()
    assert major(cluster(world)["imageName"]) == 18
    assert world.status["database"]["version"] == 17
    assert not world.ready
    world.parts.clear()
    world.ask(APP).settle()
    assert cluster(world)["imageName"] == before
    assert world.condition("SpecHonored") == HONORED
    assert world.ready


def test_platform_images_move_minor_versions(world: World) -> None:
    """The Platform's images are the way in which databases of a major move."""
    image = "registry.acme.dev/postgresql:17.99"
    world.govern({"database": {"images": {"17": image}}}).settle()
    assert cluster(world)["imageName"] == image


def test_older_image_is_kept_when_the_function_knows_newer_ones() -> None:
    """A new release of the function restarts no database."""
    older = "ghcr.io/cloudnative-pg/postgresql:17.2-standard-trixie"
    world = World(APP, {"database": {"images": {"17": older}}}).settle()
    world.govern({}).settle()
    world.restart().settle()
    assert cluster(world)["imageName"] == older


def test_renamed_database_is_held(world: World) -> None:
    """A database keeps the name it was made with."""
    world.edit(database=DATABASE | {"name": "metrics"}).settle()
    assert cluster(world)["bootstrap"]["initdb"]["database"] == "dash"
    assert world.status["database"]["name"] == "dash"
    message = "database.name: kept dash, a database can't be renamed to metrics"
    assert world.condition("SpecHonored") == held(message)


def test_storage_class_is_held(world: World) -> None:
    """A volume can't move."""
    world.edit(database=DATABASE | {"storageClass": "fast"}).settle()
    assert "storageClass" not in cluster(world)["storage"]
    message = "database.storageClass: kept the default, a volume can't move to fast"
    assert world.condition("SpecHonored") == held(message)
    world.ask(APP).govern({"database": {"storageClass": "slow"}}).settle()
    assert "storageClass" not in cluster(world)["storage"]
    assert world.condition("SpecHonored") == HONORED


def test_several_holds_are_told_together(world: World) -> None:
    """One message names all that is held."""
    world.edit(database={"storage": "1Gi", "version": 15}).settle()
    assert world.condition("SpecHonored") == held(
        "database.version: kept 17, PostgreSQL can't go back to 15; "
        "database.storage: kept 20Gi, a volume can't shrink to 1Gi"
    )


def test_reverted_hold_is_honored_again(world: World) -> None:
    """A revert of what was held leaves no trace."""
    before, message = world.object("database-cluster")["spec"], world.message
    world.edit(database={"storage": "1Gi", "version": 15}).settle().ask(APP).settle()
    assert cluster(world) == before
    assert world.condition("SpecHonored") == HONORED
    assert world.message == message


def test_removed_database_stays_under_retain(world: World) -> None:
    """Without an explicit Delete the whole database part stays, and the backend stays connected to it."""
    before = world.state
    world.edit(database=None).settle()
    assert world.state == before
    assert world.condition("SpecHonored") == held(GONE)
    assert world.ready


def test_removed_database_stays_without_its_backend(world: World) -> None:
    """What is held needs no backend, though a database that is asked for does."""
    world.edit(database=None, backend=None).settle()
    assert world.keys >= FAMILY
    assert "backend-deployment" not in world.keys
    assert world.condition("BackendReady") == StatusCondition("True", "NotApplicable", "")
    assert world.condition("DatabaseReady") == StatusCondition("True", "Healthy", "")
    assert world.ready


def test_removed_database_keeps_its_last_settings(world: World) -> None:
    """What is held is the database as last asked, not as the profile would have it."""
    world.edit(database=DATABASE | {"instances": 2, "parameters": {"work_mem": "16MB"}}).settle()
    before = cluster(world)
    world.edit(database=None).settle()
    world.reconcile()
    assert cluster(world) == before


def test_database_goes_after_delete_in_words(world: World) -> None:
    """Two commits delete the data: first Delete, then the removal."""
    world.edit(database=DATABASE | {"deletionPolicy": "Delete"}).settle()
    assert not world.keys & (FAMILY - {"database-cluster"})
    assert world.condition("SpecHonored") == HONORED
    world.edit(database=None).settle()
    assert not world.keys & FAMILY
    assert world.condition("DatabaseReady") == StatusCondition("True", "NotApplicable", "")
    assert "database" not in world.status
    assert world.ready


def test_database_removed_in_the_commit_that_says_delete_stays(world: World) -> None:
    """Delete must have been in force: a removed database can't say so any more."""
    world.edit(database=None).settle()
    assert world.keys >= FAMILY


def test_delete_by_profile_is_not_in_words() -> None:
    """A profile's Delete protects nothing from kubectl, but an edit deletes no data without the word."""
    world = World(APP | {"environment": "dev"}).settle()
    assert "deletion-protection" not in world.keys
    world.edit(database=None).settle()
    assert "database-cluster" in world.keys
    assert world.condition("SpecHonored") == held(GONE)


def test_no_profile_loosens_retain(world: World) -> None:
    """A Retain that was in force stays in force until Delete is written in the NodeApp."""
    world.edit(environment="dev").settle()
    assert world.keys >= FAMILY
    assert world.status["database"]["deletionPolicy"] == "Retain"
    world.edit(environment="dev", database=None).settle()
    assert world.keys >= FAMILY


@pytest.mark.parametrize("policy", [None, "Delete", "junk"])
def test_no_hand_loosens_retain(world: World, policy: str | None) -> None:
    """The annotation of the policy in force is a record for people, and the NodeApp's status is another."""
    note = {"metadata": {"annotations": {"platform.io/deletion-policy": policy}}}
    world.edit(environment="dev").settle().hand_edit("database-cluster", note).settle()
    assert world.keys >= FAMILY
    assert (
        world.object("database-cluster")["metadata"]["annotations"]["platform.io/deletion-policy"] == "Retain"
    )


def test_delete_written_by_hand_into_the_record_deletes_nothing(world: World) -> None:
    """Delete must have been committed in the NodeApp while the database was in it."""
    note = {"metadata": {"annotations": {"platform.io/last-requested": '{"deletionPolicy": "Delete"}'}}}
    world.edit(database=None).settle().hand_edit("database-cluster", note).settle().settle()
    assert world.rounds[-1].error == ""
    assert world.keys >= FAMILY
    assert world.condition("SpecHonored") == held(GONE)


@pytest.mark.parametrize("image", [{}, {"image": ""}])
def test_running_image_is_held(world: World, image: dict[str, str]) -> None:
    """An image taken away leaves the running one, and the rest of the edit goes through."""
    world.edit(backend={"env": {"LOG_LEVEL": "debug"}} | image).settle()
    [container] = world.object("backend-deployment")["spec"]["template"]["spec"]["containers"]
    assert container["image"] == "ghcr.io/acme/back:1.0.0"
    assert {"name": "LOG_LEVEL", "value": "debug"} in container["env"]
    message = "backend.image: kept ghcr.io/acme/back:1.0.0, as none is given"
    assert world.condition("SpecHonored") == held(message)
    assert world.ready


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
    assert cluster(world)["walStorage"] == {"size": "5Gi"}
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


def test_removed_database_is_held_in_one_sentence(world: World) -> None:
    """A field that was held isn't reported any more once the spec leaves it out."""
    world.edit(database={"storage": "1Gi", "version": 16}).settle()
    world.edit(database=None).settle()
    assert world.condition("SpecHonored") == held(
        "database: kept, with its 20Gi of data; "
        "to delete it, first commit database.deletionPolicy: Delete, then remove database"
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


def stray(image: str) -> Manifest:
    """A Cluster that someone made by hand."""
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": {"name": "dash-db", "namespace": "shop"},
        "spec": {
            "imageName": image,
            "instances": 1,
            "storage": {"size": "80Gi"},
            "bootstrap": {"initdb": {"database": "old", "owner": "old"}},
        },
    }
