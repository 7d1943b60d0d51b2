"""Under Retain nothing that holds the data can be deleted; under Delete all of it goes."""

import pytest

from tests.live.judging import marks
from tests.live.played_database import POSTGRES
from tests.live.story import NODEAPP, XNODEAPP, Story
from tests.plane.kubectl import RefusedError, wait

BACKEND = {"image": "ghcr.io/acme/shop:1.4.0"}
REASON = "has deletionPolicy Retain: commit database.deletionPolicy: Delete first"


def test_what_holds_the_data_cannot_be_deleted(story: Story) -> None:
    """NodeApp, XNodeApp, Cluster and Namespace are each refused with what to do first."""
    story.runs({"team": "a", "backend": BACKEND, "database": {}})
    wait(story.usages, lambda usages: len(usages) == 4 and all("status" in usage for usage in usages))
    before = marks([story.claim(), story.xr(), story.database()], "deletionTimestamp")
    targets = [
        (NODEAPP, story.app, story.namespace),
        (XNODEAPP, story.xr()["metadata"]["name"], None),
        (POSTGRES, f"{story.app}-db", story.namespace),
        ("namespace", story.namespace, None),
    ]

    for kind, name, namespace in targets:
        with pytest.raises(RefusedError, match=REASON):
            story.cluster.delete(kind, name, namespace)

    assert marks([story.claim(), story.xr(), story.database()], "deletionTimestamp") == before


def test_an_app_that_may_go_goes_with_all_it_had(story: Story) -> None:
    """Once Delete is written, deleting the NodeApp leaves nothing of it."""
    spec = {"team": "a", "backend": BACKEND, "database": {"deletionPolicy": "Delete"}}
    story.runs(spec)
    assert story.usages() == []

    story.cluster.delete(NODEAPP, story.app, story.namespace)

    wait(story.claim, lambda claim: not claim)
    wait(story.objects, lambda objects: not objects)
