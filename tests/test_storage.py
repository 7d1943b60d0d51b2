"""Volumes: slips that can't be taken back, volumes that still grow, and volumes that are full."""

from typing import Any

import pytest

from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import DISK_FULL
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, StatusCondition, World

DATABASE: dict[str, Any] = APP["database"]
LARGE = {"limits": {"storage": "100Ti"}}
"""A Platform that allows every size here."""
FULL = Instances(DISK_FULL, down=9)
SLIP = (
    "spec.database.storage: 20Ti is more than ten times the 20Gi that the volumes have, and they never "
    "shrink; if it is meant, ask for a size in between first, such as 200Gi"
)
WHY_FULL = "the volumes are full, and CloudNativePG doesn't grow them before there is room; run "


def sized(storage: str) -> dict[str, Any]:
    """A database with this storage."""
    return DATABASE | {"storage": storage}


@pytest.fixture
def world() -> World:
    """An ordinary app with volumes of 20Gi, at rest."""
    return World().settle()


def size(world: World) -> str:
    """The size that the Cluster states."""
    stated: str = world.object("database-cluster")["spec"]["storage"]["size"]
    return stated


def stray(**spec: Any) -> Manifest:
    """A Cluster of the app's name that somebody made, with volumes of 20Gi."""
    metadata = {"name": "dash-db", "namespace": "shop"}
    image = "registry.acme.dev:5000/postgresql:17.2"
    whole = {"imageName": image, "instances": 3, "storage": {"size": "20Gi"}} | spec
    return {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "metadata": metadata, "spec": whole}


def test_storage_raised_more_than_tenfold_is_refused(world: World) -> None:
    """A slip such as 20Ti for 20Gi is refused with a size in between, as no volume shrinks again."""
    world.edit(database=sized("20Ti")).settle()
    assert size(world) == "20Gi"
    assert world.condition("Accepted").message.startswith(SLIP)
    assert world.edit(database=sized("20Gi")).settle().ready


def test_size_in_between_leads_to_any_size(world: World) -> None:
    """Ten times as much at once is applied, so every size is reached in steps."""
    world.govern(LARGE)
    for storage in ("200Gi", "2000Gi", "20000Gi"):
        assert world.edit(database=sized(storage)).settle().ready
        assert size(world) == storage


def test_steps_in_haste_arrive() -> None:
    """A step that is committed before the one before it was applied is accepted afterwards."""
    world = World(platform=LARGE).settle()
    world.edit(database=sized("200Gi")).edit(database=sized("2000Gi")).settle()
    assert size(world) == "20Gi"
    world.edit(database=sized("200Gi")).reconcile()
    assert world.edit(database=sized("2000Gi")).settle().ready
    assert size(world) == "2000Gi"


def test_new_database_has_any_size() -> None:
    """There is nothing to compare with before there are volumes."""
    assert size(World(APP | {"database": sized("20Ti")}, LARGE).settle()) == "20Ti"


@pytest.mark.parametrize(
    "storage", [{"size": "20Gi"}, {"pvcTemplate": {"resources": {"requests": {"storage": "20Gi"}}}}]
)
def test_slip_is_refused_before_a_cluster_is_adopted(storage: Manifest) -> None:
    """A found Cluster isn't touched while the first spec is a slip, and is adopted once that is corrected."""
    world = World(APP | {"database": sized("20Ti")})
    world.apply(stray(storage=storage))
    world.settle()
    assert world.condition("Accepted") == StatusCondition("False", "Refused", SLIP)
    assert "database-cluster" not in world.keys
    world.edit(database=sized("200Gi")).settle()
    assert size(world) == "200Gi"
    assert world.ready


def test_slip_by_profile_is_held(world: World) -> None:
    """A Platform that gives ten times more than there is doesn't grow the databases of its apps."""
    world.edit(database={"version": 17}).settle()
    world.govern({"profiles": {"prod": {"database": {"storage": "20Ti"}}}}).settle()
    assert size(world) == "20Gi"
    in_between = "ask for a size in between first, such as 200Gi"
    message = f"database.storage: kept 20Gi, 20Ti is more than ten times as much; {in_between}"
    assert world.condition("SpecHonored") == StatusCondition("False", "Held", message)
    assert world.ready


def test_slip_is_judged_by_what_exists(world: World) -> None:
    """A size that was held counts as it is, not as it was asked for."""
    assert world.edit(database=sized("1Gi")).settle().ready
    assert world.edit(database=sized("200Gi")).settle().ready
    assert size(world) == "200Gi"


def test_volumes_that_still_grow_are_not_ready(world: World) -> None:
    """A larger size is Ready once every volume has it. It comes by itself, so that it doesn't is no event."""
    world.play("database-cluster", Instances(growing=2)).edit(database=sized("50Gi")).settle()
    assert world.condition("DatabaseReady") == StatusCondition(
        "False", "Progressing", "2 volumes still growing"
    )
    assert not world.ready
    assert [event for event in world.events if event.reason in ("Progressing", "NotReady")] == []
    world.play("database-cluster", Instances(growing=1)).settle()
    assert world.message == "database: 1 volume still growing"
    assert world.play("database-cluster", Instances()).settle().ready


def command(storage: str, *volumes: str) -> str:
    """The command that grows volumes."""
    patch = f'{{"spec":{{"resources":{{"requests":{{"storage":"{storage}"}}}}}}}}'
    return f"kubectl patch pvc -n shop {' '.join(volumes)} -p '{patch}'"


VOLUMES = ("dash-db-1", "dash-db-2", "dash-db-3")


def test_full_disk_is_named_with_the_command_that_helps(world: World) -> None:
    """CloudNativePG grows no volumes without room: the message has the command, and what to commit."""
    world.play("database-cluster", FULL).settle()
    message = f"{WHY_FULL}{command('40Gi', *VOLUMES)}, then commit database.storage: 40Gi"
    assert world.condition("DatabaseReady") == StatusCondition("False", "DiskFull", message)
    assert [event.reason for event in world.events if event.reason != "NotBackedUp"] == ["DiskFull"]


def test_storage_raised_while_the_disk_is_full_takes_effect_later(world: World) -> None:
    """Storage that is raised while the disk is full is held until the volumes were grown by hand."""
    world.play("database-cluster", FULL).settle()
    world.edit(database=sized("50Gi")).settle()
    assert size(world) == "20Gi"
    message = f"{WHY_FULL}{command('50Gi', *VOLUMES)}, then database.storage: 50Gi takes effect"
    assert world.condition("DatabaseReady") == StatusCondition("False", "DiskFull", message)
    held = (
        "database.storage: kept 20Gi and not yet 50Gi, CloudNativePG doesn't grow full volumes; "
        "DatabaseReady says how to"
    )
    assert world.condition("SpecHonored") == StatusCondition("False", "Held", held)
    assert world.play("database-cluster", Instances()).settle().ready
    assert size(world) == "50Gi"


def test_full_volume_for_wal_is_named() -> None:
    """A Cluster that was adopted with volumes for WAL is told to grow those."""
    world = World(APP | {"database": {}})
    world.apply(stray(walStorage={"size": "1.5Gi"}))
    world.settle().play("database-cluster", FULL).settle()
    wal = (f"{volume}-wal" for volume in VOLUMES)
    after = "set spec.walStorage.size of the Cluster to 3Gi, which no NodeApp states"
    assert world.condition("DatabaseReady").message == f"{WHY_FULL}{command('3Gi', *wal)}, then {after}"


@pytest.mark.parametrize("fenced", ['["dash-db-2"]', '["*"]'])
def test_fenced_by_hand_is_named(world: World, fenced: str) -> None:
    """Instances that somebody fenced are named with the way out, and the fence is left to whoever made it."""
    annotation = "cnpg.io/fencedInstances"
    world.hand_edit("database-cluster", {"metadata": {"annotations": {annotation: fenced}}}).settle()
    message = (
        f"fenced by hand: {fenced}; remove the annotation {annotation} from the Cluster to let PostgreSQL run"
    )
    assert world.condition("DatabaseReady") == StatusCondition("False", "NotReady", message)
    world.hand_edit("database-cluster", {"metadata": {"annotations": {annotation: "[]"}}}).settle()
    assert world.ready
