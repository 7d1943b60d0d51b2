"""Adopted Clusters of many makes: each keeps what its maker decided, whatever a developer edits."""

from typing import Any

import pytest

from function.patch import merge
from tests.adopted_clusters import MAKES, NO_ARCHIVES, OWN_ARCHIVES, made
from tests.simulated.api_server import Ref
from tests.simulated.cnpg import with_conditions
from tests.simulated.conditions import condition
from tests.simulated.defaults import defaulted
from tests.simulated.operators import asleep
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, StatusCondition, World

ROLE = {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/db"}
PLATFORM: dict[str, Any] = {
    "database": {"objectStore": {"destinationPath": "s3://backups"}, "serviceAccountAnnotations": ROLE}
}
BACKED_UP: dict[str, Any] = {"backup": {"enabled": True}}
CLUSTER = Ref("Cluster", "shop", "dash-db")
EDITS: list[Manifest] = [
    {"instances": 1, "pooler": {}},
    {"storage": "160Gi", "version": 17, "name": "new"},
    BACKED_UP,
]


def adopting(make: str, **database: Any) -> World:
    """An app with this database, which finds a Cluster of this make."""
    world = World(APP | {"database": database}, PLATFORM)
    uid = world.apply(made(make))["metadata"]["uid"]
    world.cnpg.data[uid] = []  # It runs already, however it was made.
    return world.settle()


def stored(make: str) -> Manifest:
    """The spec of a Cluster of this make, with what CloudNativePG's webhook fills in."""
    manifest: Manifest = defaulted(made(make))["spec"]
    return manifest


def spec(world: World) -> Manifest:
    """The Cluster's spec."""
    manifest: Manifest = world.object("database-cluster")["spec"]
    return manifest


@pytest.mark.parametrize("make", MAKES)
def test_its_makers_settings_stay(make: str) -> None:
    """Nothing of a Cluster that was found changes, and the app is Ready with it."""
    world = adopting(make)
    assert merge(spec(world), stored(make)) == spec(world)
    assert world.ready
    assert world.status["database"]["version"] == 16
    assert world.status["database"]["storage"] == "80Gi"


@pytest.mark.parametrize("make", MAKES)
def test_every_edit_arrives_or_is_held(make: str) -> None:
    """Whatever a developer asks of it is admitted by CloudNativePG, or held and said; going back is both."""
    world = adopting(make)
    before = spec(world)
    for edit in EDITS:
        world.edit(database=edit).settle()
        assert world.condition("Synced").status == "True", edit
        assert world.condition("DatabaseReady").status == "True", edit
        kept = {key: stored(make).get(key) for key in ("walStorage", "tablespaces", "replica", "backup")}
        assert {key: spec(world).get(key) for key in kept} == kept
        assert spec(world)["bootstrap"] == before["bootstrap"]
    world.edit(database={}).settle()
    assert world.ready


@pytest.mark.parametrize("make", OWN_ARCHIVES)
def test_archive_of_its_maker_stays(make: str) -> None:
    """A Cluster that its maker has backed up isn't backed up by us, not even where that is asked for."""
    world = adopting(make, **BACKED_UP)
    assert {key: spec(world).get(key) for key in ("plugins", "backup")} == {
        key: stored(make).get(key) for key in ("plugins", "backup")
    }
    assert not {"database-objectstore", "database-backup"} & world.keys


@pytest.mark.parametrize("make", OWN_ARCHIVES)
def test_backup_of_its_maker_counts_once_it_ran(make: str) -> None:
    """BackedUp is False until a base backup of the maker's is complete."""
    world = adopting(make)
    assert world.condition("BackedUp").status == "False"
    conditions = world.object("database-cluster")["status"]["conditions"]
    types = ("ContinuousArchiving", "LastBackupSucceeded")
    others = [each for each in conditions if each["type"] not in types]
    good = [condition(type_, "True", "Success") for type_ in types]
    world.server.update(
        CLUSTER, "manager", lambda cluster: with_conditions(cluster, [*others, *good]), "status"
    )
    world.play("database-cluster", asleep).settle()
    assert world.condition("BackedUp") == StatusCondition("True", "Archiving", "")


@pytest.mark.parametrize("make", NO_ARCHIVES)
def test_cluster_without_an_archive_isnt_backed_up(make: str) -> None:
    """A disabled archiver or snapshots are no archive: BackedUp says what to write, and that works."""
    world = adopting(make)
    assert world.condition("BackedUp").reason == "Adopted"
    world.edit(database=BACKED_UP).settle()
    assert world.condition("BackedUp").status == "True"
    others = [p for p in stored(make).get("plugins", []) if p["name"] == "hello.acme.dev"]
    assert [p for p in spec(world)["plugins"] if not p.get("isWALArchiver")] == others
    assert len(spec(world)["plugins"]) == len(others) + 1


SYNCHRONOUS = "the synchronous replication that its maker set needs no fewer"
CERTIFICATE = "CloudNativePG adds no name to the certificate that its maker gave the Cluster, Secret tls"
ACCOUNT = "the Cluster runs as the ServiceAccount postgres of its maker's; annotate that one"
REPLICA = "it is a replica cluster; CloudNativePG upgrades only the Cluster that it follows"
HELD: list[tuple[str, Manifest, str]] = [
    ("two synchronous replicas", {"instances": 2}, f"instances: kept 3 and not 2, {SYNCHRONOUS}"),
    ("synchronous in the old way", {"instances": 1}, f"instances: kept 3 and not 1, {SYNCHRONOUS}"),
    ("a certificate of its own", {"pooler": {}}, f"pooler: not made, {CERTIFICATE}"),
    (
        "a service account of its own",
        BACKED_UP,
        f"backup: the Platform's serviceAccountAnnotations aren't applied, {ACCOUNT}",
    ),
    ("a replica of another", {"version": 17}, f"version: kept 16, {REPLICA}"),
    ("recovered", {"name": "new"}, "name: kept old, a database can't be renamed to new"),
    ("recovered without a name", {"name": "new"}, "name: kept app, a database can't be renamed to new"),
    ("sizes in a template", {"storage": "20Gi"}, "storage: kept 80Gi, a volume can't shrink to 20Gi"),
]
"""Make, edit of the database, and what SpecHonored says of it."""


@pytest.mark.parametrize(("make", "edit", "message"), HELD, ids=[make for make, _, _ in HELD])
def test_what_cloudnativepg_refuses_beside_it_is_held(make: str, edit: Manifest, message: str) -> None:
    """What CloudNativePG wouldn't take beside the maker's settings isn't tried, and SpecHonored says why."""
    world = adopting(make).edit(database=edit).settle()
    assert world.condition("SpecHonored") == StatusCondition("False", "Held", f"database.{message}")
    assert world.ready


def test_volumes_grow_in_use_where_more_is_asked_for() -> None:
    """A maker's resizeInUseVolumes: false stays until a developer asks for a larger size."""
    world = adopting("volumes that grow only when made anew")
    assert spec(world)["storage"]["resizeInUseVolumes"] is False
    world.edit(database={"storage": "160Gi"}).settle()
    assert spec(world)["storage"] == {"size": "160Gi", "storageClass": "fast", "resizeInUseVolumes": True}
