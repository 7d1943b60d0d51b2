"""A Cluster that isn't the one that held the data is recognised as another one."""

from typing import Any

import pytest

from function.components.database import observed
from function.database_facts import DatabaseFacts, RecoverySource
from function.edge.asked import answer
from function.read import condition
from tests.requests import composite, request
from tests.simulator import APP, World

SPEC = {"team": "a", "backend": {}, "database": {}}
LOSS = "platform.io/accept-data-loss"


@pytest.fixture(autouse=True)
def _without_the_uid_on_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    """The record in the app's status is enough: test_brought_back.py has the uid that the Cluster carries."""
    monkeypatch.setattr(observed, "copied_from", lambda cluster, now: None)  # Its signature.


def database_after_replacement(
    uid: str, policy: str = "Retain", accepted: str | None = None
) -> tuple[Any, Any, Any]:
    """DatabaseReady's reason, the uid on record (it was `old`), and whether the Cluster is desired."""
    xr = composite(SPEC, status={"database": {"uid": "old", "deletionPolicy": policy}})
    xr["metadata"]["annotations"] = {LOSS: accepted} if accepted else {}
    cluster = {"metadata": {"uid": uid}, "spec": {"instances": 3, "storage": {"size": "20Gi"}}}
    response = answer(request(xr, {"database-cluster": cluster}))
    database = condition({"status": response}, "DatabaseReady")
    desired = response["desired"]
    status = desired["composite"]["resource"]["status"]
    return database["reason"], status["database"]["uid"], "database-cluster" in desired["resources"]


@pytest.mark.parametrize(
    ("given", "want"),
    [
        pytest.param({"uid": "old"}, ("Progressing", "old", True), id="the-same"),
        pytest.param({"uid": "new"}, ("Replaced", "old", True), id="another"),
        pytest.param({"uid": "new", "accepted": "old"}, ("Progressing", "new", True), id="accepted"),
        pytest.param({"uid": "new", "accepted": "new"}, ("Replaced", "old", True), id="accepted-in-advance"),
        pytest.param({"uid": "new", "policy": "Delete"}, ("Progressing", "new", True), id="nothing-to-keep"),
    ],
)
def test_a_cluster_made_anew_is_not_taken_for_the_old_one(
    given: dict[str, str], want: tuple[str, str, bool]
) -> None:
    """Under Retain an app whose Cluster was replaced isn't Ready until its loss is accepted in writing."""
    assert database_after_replacement(**given) == want


PLATFORM = {"database": {"objectStore": {"destinationPath": "s3://backups"}}}


def replaced(world: World, uid: str) -> bool:
    """Whether an app says that its Cluster isn't the one of this uid, until that is accepted."""
    held = world.condition("DatabaseReady").reason == "Replaced" and world.status["database"]["uid"] == uid
    world.annotate(accept_data_loss=uid).settle()
    accepted = world.object("database-cluster")["metadata"]["uid"]
    return held and accepted != uid and world.status["database"]["uid"] == accepted


@pytest.mark.parametrize("restore", [{}, {"version": 18, "restore": {}}], ids=["era", "restore"])
def test_an_era_that_waits_in_git_passes_no_empty_cluster_for_a_recovered_one(
    restore: dict[str, Any],
) -> None:
    """It was held, as there were backups, and stays held though the new Cluster has none of its own."""
    world = World(APP | {"database": {}}, PLATFORM).settle()
    lost = world.status["database"]["uid"]
    world.edit(database={"era": 2} | restore).settle().lose_meanwhile("database-cluster").settle()
    assert replaced(world, lost)


def test_a_recovered_cluster_that_is_made_anew_is_not_recovered_again() -> None:
    """Crossplane fills it from the same backups as before: what came after them is lost."""
    world = World(APP | {"database": {}}, PLATFORM).settle().lose("database-cluster").settle()
    world.edit(database={"version": 18, "era": 2, "restore": {}}).settle()
    recovered = world.status["database"]["uid"]
    world.edit(database={"version": 18, "era": 3, "restore": {}}).settle().lose_meanwhile(
        "database-cluster"
    ).settle()
    assert replaced(world, recovered)


def test_an_era_that_rises_at_the_same_moment_is_no_recovery() -> None:
    """It may rise as the archive is another's, and nothing else has changed."""
    world = World(APP | {"database": {"deletionPolicy": "Delete"}}, PLATFORM).settle()
    world.edit(database=None).settle().edit(database={}).settle()
    assert world.condition("BackedUp").reason == "StaleArchive"
    lost = world.status["database"]["uid"]
    world.edit(database={"era": 2}).lose_meanwhile("database-cluster").settle()
    assert replaced(world, lost)


@pytest.mark.parametrize(
    ("server_name", "replaced_uid"), [("shop-dash-1-1-pg18", "old"), ("shop-dash-1-2-pg18", None)]
)
def test_an_upgrade_is_no_recovery(server_name: str, replaced_uid: str | None) -> None:
    """Only another era says that a Cluster was recovered on purpose: another major is in the name too."""
    recorded = DatabaseFacts("absent", uid="old", policy="Retain", server_name="shop-dash-1-1-pg17")
    source = RecoverySource("shop-dash-1-1-pg17", "shop")
    now = DatabaseFacts("composed", uid="new", server_name=server_name, recovered_from=source)
    assert observed.silently_replaced(now, recorded) == replaced_uid
