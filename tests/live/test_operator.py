"""CloudNativePG's own operator makes the database: nothing of its status is played."""

from tests.live.judging import current, said
from tests.live.story import Story
from tests.plane.kubectl import wait

SLOWLY = 240.0
"""Seconds until the operator has made two instances, one after the other."""
SPEC = {
    "team": "a",
    "backend": {"image": "ghcr.io/acme/shop:1.4.0"},
    # Without backups: the plugin that makes them doesn't run here, and the operator would wait for it.
    "database": {"instances": 2, "storage": "10Gi", "backup": {"enabled": False}},
}


def test_a_nodeapp_is_ready_once_the_operator_says_so(operated: Story) -> None:
    """The operator admits our Cluster and makes it healthy, and the NodeApp turns Ready by that alone."""
    operated.write(SPEC)

    assert said(operated.until(lambda claim: said(claim, "DatabaseReady")[0] == "False"), "DatabaseReady")[2]
    claim = operated.until(lambda claim: current(claim, SPEC), SLOWLY)

    told = claim["status"]["database"]
    assert (told["phase"], told["ready"]) == ("Cluster in healthy state", 2)
    assert wait(operated.database, bool)["status"]["currentPrimary"] == f"{operated.app}-db-1"
