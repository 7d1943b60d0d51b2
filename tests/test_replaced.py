"""A Cluster that isn't the one that held the data is told apart from it."""

from typing import Any

import pytest

from function.fn import answer
from function.read import condition
from tests.asking import composite, request

SPEC = {"team": "a", "backend": {}, "database": {}}
LOSS = "platform.io/accept-data-loss"


def told(uid: str, policy: str = "Retain", accepted: str | None = None) -> tuple[Any, Any, Any]:
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
    assert told(**given) == want
