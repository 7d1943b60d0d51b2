"""Which backups a database is recovered from, which it may overwrite, and who may read them."""

from typing import Any

import pytest

from tests.simulated.admission import major
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, BACKED_UP, STORED, World

STORE = STORED["database"]["objectStore"]
ROLE = {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/db"}
DATABASE = BACKED_UP["database"]
OLD, NEW = "shop-dash-1-1-pg17", "shop-dash-1-1-pg18"


def platform(**database: Any) -> Manifest:
    """A Platform whose apps may restore from another namespace."""
    return {"database": {"objectStore": STORE, "restoreFrom": ["sales"]} | database}


def app(**database: Any) -> Manifest:
    """An app with this database, of PostgreSQL 17."""
    return APP | {"database": {"version": 17, "name": "crm"} | database}


def spec(world: World) -> Manifest:
    """The Cluster's spec."""
    manifest: Manifest = world.object("database-cluster")["spec"]
    return manifest


@pytest.mark.parametrize("era", [1, 2, 3, 9])
@pytest.mark.parametrize(
    ("restore", "source"),
    [
        ({"app": "crm"}, "shop-crm-1-1-pg17"),
        ({"namespace": "sales"}, "sales-dash-1-1-pg17"),
        ({"app": "crm", "namespace": "sales"}, "sales-crm-1-1-pg17"),
        ({"app": "crm", "era": 4}, "shop-crm-1-4-pg17"),
    ],
)
def test_era_of_another_apps_backups_is_not_ours(era: int, restore: Manifest, source: str) -> None:
    """Which backups of another app are meant doesn't depend on how often this app was restored."""
    world = World(app(era=era, restore=restore), platform()).settle()
    [origin] = spec(world)["externalClusters"]
    assert origin["plugin"]["parameters"]["serverName"] == source


@pytest.mark.parametrize(("era", "restore", "source"), [(2, {}, 1), (9, {}, 8), (9, {"era": 3}, 3)])
def test_own_backups_are_those_of_the_era_before(era: int, restore: Manifest, source: int) -> None:
    """Unless the era is written."""
    world = World(app(era=era, restore=restore), platform()).settle()
    [origin] = spec(world)["externalClusters"]
    assert origin["plugin"]["parameters"]["serverName"] == f"shop-dash-1-{source}-pg17"


@pytest.mark.parametrize(
    ("database", "has_role"),
    [
        ({}, True),
        ({"restore": {"app": "crm"}}, True),
        ({"restore": {"app": "crm"}, "backup": {"enabled": False}}, True),
        ({"backup": {"enabled": False}}, False),
    ],
)
def test_who_reads_or_writes_backups_has_the_cloud_role(database: Manifest, has_role: bool) -> None:  # noqa: FBT001
    """A recovery reads them, so it needs the role also where nothing is backed up; nobody else has it."""
    world = World(app(**database), platform(serviceAccountAnnotations=ROLE)).settle()
    metadata = spec(world).get("serviceAccountTemplate", {}).get("metadata", {})
    assert metadata.get("annotations", {}) == (ROLE if has_role else {})


@pytest.mark.parametrize("era", [1, 2, 5])
def test_no_era_of_the_platform_leads_an_upgrade_into_anothers_archive(era: int) -> None:
    """A database keeps the platform's era with which it was made, so its next archive has that one too."""
    world = World(BACKED_UP, STORED).settle().edit(database=DATABASE | {"version": 18}).settle()
    lost = [archive.rows for where, archive in world.cnpg.archives.items() if where.server == NEW]
    assert lost
    before = list(lost[0])
    world.lose("database-cluster").settle().edit(database={"version": 16})
    world.annotate(accept_data_loss=world.status["database"]["uid"]).settle()
    world.govern(platform(era=era)).settle().edit(database={"version": 18}).settle()
    assert f"database.version: kept 16, {NEW} holds another" in world.condition("SpecHonored").message
    assert [a.rows for where, a in world.cnpg.archives.items() if where.server == NEW] == [before]


def test_archive_that_never_had_a_backup_is_in_nobodys_way() -> None:
    """The plugin shows a server name also where every base backup failed."""
    world = World(BACKED_UP, STORED).settle()

    def with_a_failure(store: Manifest) -> Manifest:
        shown = world.cnpg.objectstore(store)
        windows = shown["status"]["serverRecoveryWindow"]
        failed = {NEW: {"lastFailedBackupTime": "2026-01-01T00:00:00Z"}}
        return shown | {"status": {"serverRecoveryWindow": failed | windows}}

    world.play("database-objectstore", with_a_failure).settle()
    world.edit(database=DATABASE | {"version": 18}).settle()
    assert major(spec(world)["imageName"]) == 18
    assert world.condition("SpecHonored").status == "True"
