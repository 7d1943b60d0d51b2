"""Every PostgreSQL major of a database has an archive of its own, which begins with a base backup."""

from collections.abc import Iterator

import pytest

from tests.simulated.admission import major
from tests.simulated.api_server import Ref
from tests.simulated.archives import Archive
from tests.simulated.cnpg import archiver
from tests.simulated.operators import failing_upgrade
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World

DATABASE = BACKED_UP["database"]
CLUSTER = Ref("Cluster", "shop", "dash-db")
OLD, NEW = "shop-dash-1-1-pg17", "shop-dash-1-1-pg18"
SCHEDULES = {OLD: "database-backup-1-1-pg17", NEW: "database-backup-1-1-pg18"}


@pytest.fixture
def world() -> World:
    """An app with PostgreSQL 17 that is backed up."""
    return World(BACKED_UP, STORED).settle()


def archives(world: World) -> dict[str, Archive]:
    """What the object store holds, by server name."""
    return {where.server: archive for where, archive in world.cnpg.archives.items()}


def server_name(world: World) -> str:
    """Where the Cluster archives now."""
    plugin = archiver(world.object("database-cluster"))
    assert plugin
    name: str = plugin["parameters"]["serverName"]
    return name


def reconciles(world: World) -> Iterator[tuple[str, int, bool]]:
    """Reconcile to the end: where WAL goes, base backups there as the function saw them, and BackedUp."""
    for _ in range(12):
        before = archives(world).get(server_name(world))
        bases = len(before.bases) if before else 0
        name = server_name(world)
        world.reconcile()
        yield name, bases, world.condition("BackedUp").status == "True"


def upgraded(world: World) -> World:
    """The app after it asked for PostgreSQL 18, at rest."""
    return world.edit(database=DATABASE | {"version": 18}).settle()


def test_new_major_archives_under_a_name_of_its_own(world: World) -> None:
    """With a schedule of its own. The old archive stays as it is, and can still be recovered."""
    upgraded(world)
    assert server_name(world) == world.status["database"]["serverName"] == NEW
    assert SCHEDULES[NEW] in world.keys
    assert SCHEDULES[OLD] not in world.keys
    assert archives(world)[OLD].major == 17
    assert archives(world)[OLD].bases
    assert world.condition("BackedUp").status == "True"
    assert world.ready


def test_last_wal_of_the_old_major_is_in_its_own_archive(world: World) -> None:
    """It is stopped after the Cluster changed, so the name changes only once the new major runs."""
    held = len(world.cnpg.rows(CLUSTER))
    upgraded(world)
    rows = archives(world)[OLD].rows
    assert len(rows) > held
    assert rows == world.cnpg.rows(CLUSTER)[: len(rows)]
    assert archives(world)[NEW].rows[: len(rows)] == rows
    assert archives(world)[NEW].bases[0] > rows[-1].time


def test_backed_up_is_false_until_the_new_archive_has_a_base_backup(world: World) -> None:
    """WAL restores nothing without one."""
    world.edit(database=DATABASE | {"version": 18})
    seen = list(reconciles(world))
    assert (NEW, 0, False) in seen
    assert all(bases for name, bases, backed_up in seen if name == NEW and backed_up)
    assert seen[-1] == (NEW, 1, True)


def test_no_base_backup_falls_into_an_upgrade(world: World) -> None:
    """It would be made by the new major, into the old one's archive."""
    world.play("database-cluster", failing_upgrade).edit(database=DATABASE | {"version": 18}).settle()
    assert world.object(SCHEDULES[OLD])["spec"]["suspend"] is True
    world.parts.clear()
    world.edit(database=DATABASE).settle()
    assert world.object(SCHEDULES[OLD])["spec"]["suspend"] is False


def test_failed_upgrade_leaves_no_hole_and_no_trace(world: World) -> None:
    """Going back goes on in the same archive, and the next attempt finds an empty one."""
    for _ in range(2):
        world.play("database-cluster", failing_upgrade).edit(database=DATABASE | {"version": 18}).settle()
        assert server_name(world) == OLD
        world.parts.clear()
        world.edit(database=DATABASE).settle()
        assert server_name(world) == OLD
        assert set(archives(world)) == {OLD}
        assert archives(world)[OLD].rows == world.cnpg.rows(CLUSTER)
        assert world.condition("BackedUp").status == "True"
    upgraded(world)
    assert (archives(world)[OLD].major, archives(world)[NEW].major) == (17, 18)
    assert world.condition("BackedUp").status == "True"


def test_old_major_is_restored_from_before_its_upgrade(world: World) -> None:
    """All that it had when it stopped, by the version that is written."""
    upgraded(world)
    before = list(archives(world)[OLD].rows)
    world.lose("database-cluster").settle()
    world.edit(database=DATABASE | {"era": 2, "restore": {}}).settle()
    assert world.cnpg.rows(CLUSTER)[: len(before)] == before
    assert major(world.object("database-cluster")["spec"]["imageName"]) == 17
    assert server_name(world) == "shop-dash-1-2-pg17"
    assert world.ready


def test_new_archive_is_named_without_backups_too() -> None:
    """The name is on record for the day on which they are switched on."""
    world = World(APP, STORED).settle()
    assert world.status["database"]["serverName"] == OLD
    world.edit(database=APP["database"] | {"version": 18}).settle()
    assert world.status["database"]["serverName"] == NEW


def test_upgrade_into_the_archive_of_another_is_held(world: World) -> None:
    """Nothing checks that it is empty, and WAL would be overwritten. A raised era leads around it."""
    upgraded(world)
    lost = list(archives(world)[NEW].rows)
    world.lose("database-cluster").settle().edit(database={"version": 16})
    world.annotate(accept_data_loss=world.status["database"]["uid"]).settle()
    assert server_name(world) == "shop-dash-1-1-pg16"
    world.edit(database={"version": 18}).settle()
    message = (
        f"database.version: kept 16, {NEW} holds another database's backups, which it would overwrite; raise "
        "database.era too"
    )
    assert world.condition("SpecHonored").message == message
    assert archives(world)[NEW].rows == lost
    world.edit(database={"version": 18, "era": 2}).settle()
    assert server_name(world) == "shop-dash-1-2-pg18"
    assert world.condition("SpecHonored").status == "True"
    assert world.condition("BackedUp").status == "True"
    assert archives(world)[NEW].rows == lost


@pytest.mark.parametrize("nights", [0, 1])
def test_backups_that_were_off_begin_anew(world: World, nights: int) -> None:
    """What was written meanwhile isn't in the WAL: only a new base backup has it."""
    off = {"backup": {"enabled": False, "allowReduction": True}}
    world.edit(database=DATABASE | off).settle()
    assert "plugins" not in world.object("database-cluster")["spec"]
    world.settle()
    world.cnpg.base_backups.nights += nights
    before = len(archives(world)[OLD].bases)
    world.edit(database=DATABASE)
    seen = [backed_up for _, bases, backed_up in later(world) if bases == before]
    assert seen
    assert not any(seen)
    assert world.condition("BackedUp").status == "True"
    assert len(archives(world)[OLD].bases) > before


def test_backups_that_are_on_again_in_sleep_wait_for_a_base_backup(world: World) -> None:
    """The one from before they were off doesn't count, though nothing is due before the database wakes."""
    world.edit(database=DATABASE | {"backup": {"enabled": False, "allowReduction": True}}).settle()
    world.edit(database=DATABASE | {"hibernate": True}).settle()
    message = f"database.backup: no base backup is complete yet since backups to {OLD} began"
    assert world.condition("BackedUp") == StatusCondition("False", "Progressing", message)
    world.edit(database=DATABASE).settle()
    assert world.condition("BackedUp").status == "True"


def later(world: World) -> Iterator[tuple[str, int, bool]]:
    """Reconcile to the end, as soon as it archives."""
    world.reconcile()
    yield OLD, len(archives(world)[OLD].bases), world.condition("BackedUp").status == "True"
    yield from reconciles(world)


@pytest.mark.parametrize("key", ["database-objectstore", SCHEDULES[OLD]])
def test_what_an_older_function_deleted_is_not_trusted_at_once(world: World, key: str) -> None:
    """Nobody knows what happened meanwhile: the next base backup counts."""
    bases = len(archives(world)[OLD].bases)
    world.lose(SCHEDULES[OLD])
    if key != SCHEDULES[OLD]:
        world.lose(key)
    seen = list(reconciles(world))
    assert (OLD, bases, False) in seen
    assert seen[-1] == (OLD, bases + 1, True)
