"""What a message tells people to do is done here, word by word, to its good end."""

from typing import Any

from tests.clusters import CLUSTER
from tests.recoveries import era_of_platform, lost, recovered
from tests.simulated.admission import major
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World

DATABASE = BACKED_UP["database"]


def test_lost_database_of_an_unwritten_version_comes_back_as_it_ran() -> None:
    """The record keeps the major, though the platform's newest is another by now."""
    platform = {"database": STORED["database"] | {"images": {"17": "acme.dev/postgresql:17.6"}}}
    world = World(BACKED_UP | {"database": {}}, platform).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.govern(STORED).settle().lose("database-cluster")
    lost(world, "database.version: 17, database.era: 2 and database.restore: {}")
    world.edit(database={"version": 17, "era": 2, "restore": {}})
    recovered(world, held)
    assert major(world.object("database-cluster")["spec"]["imageName"]) == 17


def test_accepted_loss_has_the_major_that_ran() -> None:
    """Nobody asked for another one."""
    platform = {"database": STORED["database"] | {"images": {"17": "acme.dev/postgresql:17.6"}}}
    world = World(BACKED_UP | {"database": {}}, platform).settle().govern(STORED).settle()
    world.lose("database-cluster").settle()
    world.annotate(accept_data_loss=world.status["database"]["uid"]).settle()
    assert major(world.object("database-cluster")["spec"]["imageName"]) == 17
    assert world.ready


def test_version_is_on_record_while_no_database_is_asked_for() -> None:
    """It is remembered with the uid."""
    world = World(BACKED_UP, STORED).settle().lose("database-cluster").settle()
    world.edit(database=None).settle().edit(database={})
    lost(world, "database.version: 17, database.era: 2 and database.restore: {}")


def test_major_without_a_base_backup_is_not_advised() -> None:
    """Lost right after an upgrade: only the old major's archive can be recovered."""
    world = World(BACKED_UP, STORED).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.edit(database=DATABASE | {"version": 18})
    while world.status["database"].get("serverName") != "shop-dash-1-1-pg18":
        world.reconcile()
    [new] = [archive for archive in world.cnpg.archives.values() if archive.major == 18]
    new.bases.clear()
    world.reconcile()
    new.bases.clear()
    world.lose("database-cluster")
    world.play("database-objectstore", lambda store: store)
    world.server.update(
        world.where("database-objectstore"), "plugin", lambda s: s | {"status": windows("shop-dash-1-1-pg17")}
    )
    lost(world, "database.version: 17, database.era: 2 and database.restore: {}")
    world.parts.clear()
    world.edit(database=DATABASE | {"version": 17, "era": 2, "restore": {}})
    recovered(world, held)


def windows(name: str) -> dict[str, Any]:
    """An ObjectStore's status with one archive that has a base backup."""
    time = "2026-01-01T00:01:00Z"
    window = {"firstRecoverabilityPoint": time, "lastSuccessfulBackupTime": time}
    return {"serverRecoveryWindow": {name: window}}


def test_newer_major_than_that_of_the_backups_is_refused() -> None:
    """The sentence says which one, and when to raise it."""
    world = World(BACKED_UP, STORED).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.lose("database-cluster").settle().edit(database={"version": 18, "era": 2, "restore": {}}).settle()
    message = (
        "spec.database.version: must be 17, which made the backups under shop-dash-1-1-pg17; raise it once "
        "they are restored; the spec accepted before stays in force"
    )
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)
    world.edit(database={"version": 17, "era": 2, "restore": {}})
    recovered(world, held)
    world.edit(database={"version": 18, "era": 2, "restore": {}})
    recovered(world, held)
    assert world.status["database"]["serverName"] == "shop-dash-1-2-pg18"


def test_replaced_database_is_recovered_instead() -> None:
    """Three commits: what its message says, after which the rows are back."""
    world = World(BACKED_UP, STORED).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.lose_meanwhile("database-cluster").settle()
    condition = world.condition("DatabaseReady")
    assert condition.reason == "Replaced"
    assert condition.message.endswith(
        "; to recover it from backups instead, first commit database.deletionPolicy: Delete, then remove "
        "database, then add it again with version: 17, era: 2 and restore: {}"
    )
    told = world.condition("BackedUp")
    assert told.reason == "StaleArchive"
    assert "raise database.era" not in told.message
    world.edit(database=DATABASE | {"deletionPolicy": "Delete"}).settle().edit(database=None).settle()
    world.edit(database=DATABASE | {"era": 2, "restore": {}})
    recovered(world, held)


def test_replaced_database_is_accepted() -> None:
    """Then its archive is another's, and the era leads out of it."""
    world = World(BACKED_UP, STORED).settle()
    before = world.status["database"]["uid"]
    world.lose_meanwhile("database-cluster").settle().annotate(accept_data_loss=before).settle()
    assert "raise database.era" in world.condition("BackedUp").message
    world.edit(database=DATABASE | {"era": 2}).settle()
    assert world.ready
    assert world.condition("BackedUp").status == "True"


def test_conflict_ends_when_the_other_cluster_is_gone() -> None:
    """Removed there, the app makes its own."""
    owner = {"apiVersion": "v1", "kind": "X", "name": "x", "uid": "someone", "controller": True}
    world = World(BACKED_UP, STORED)
    metadata = {"name": "dash-db", "namespace": "shop", "ownerReferences": [owner]}
    spec = {
        "instances": 1,
        "storage": {"size": "1Gi"},
        "bootstrap": {"initdb": {"database": "x", "owner": "x"}},
    }
    kind = {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster"}
    world.apply(kind | {"metadata": metadata, "spec": spec})
    assert world.settle().condition("DatabaseReady").reason == "Conflict"
    world.server.forget(CLUSTER)
    assert world.settle().ready
    assert world.condition("BackedUp").status == "True"


def test_missing_store_ends_when_the_platform_names_one() -> None:
    """A restore that waited for it is done."""
    world = World(BACKED_UP, STORED).settle()
    held = len(world.cnpg.rows(CLUSTER))
    world.lose("database-cluster").settle().edit(database=DATABASE | {"era": 2, "restore": {}})
    world.reconcile()
    world.lose("database-cluster").govern({}).settle()
    world.edit(database=DATABASE | {"era": 3, "restore": {"era": 1}}).settle()
    assert "the Platform names no database.objectStore" in world.condition("Accepted").message
    world.govern(STORED)
    recovered(world, held)


def test_database_without_backups_is_told_no_way_to_them() -> None:
    """Without a store there is only the acceptance of the loss."""
    world = World(APP).settle().lose("database-cluster").settle()
    assert "recover" not in world.condition("DatabaseReady").message


def test_raised_version_is_no_recovery() -> None:
    """A lost database whose archive has no successor stays lost, though its next name would be another."""
    world = World(BACKED_UP, era_of_platform(2)).settle()
    world.lose("database-cluster").govern(era_of_platform(2, recover=True))
    world.edit(database=DATABASE | {"version": 18})
    lost(world, "database.version: 17, database.era: 2 and database.restore: {}")
