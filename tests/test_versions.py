"""The version of PostgreSQL: it is raised, never lowered, and its image stays the one that runs."""

import pytest

from tests.clusters import cluster
from tests.conditions import HONORED, held
from tests.simulated.admission import major
from tests.simulated.operators import failing_upgrade
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, World

DATABASE = APP["database"]


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World().settle()


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
