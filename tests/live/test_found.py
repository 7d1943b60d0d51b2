"""Databases that were there before, and databases that are gone."""

from typing import Any

from tests.live.judging import marks, said
from tests.live.played_database import POSTGRES
from tests.live.story import Story
from tests.plane.kubectl import Json, wait

SPEC = {"team": "a", "backend": {"image": "ghcr.io/acme/shop:1.4.0"}, "database": {"instances": 2}}
LEGACY: Json = {
    "instances": 1,
    "imageName": "ghcr.io/cloudnative-pg/postgresql:16.4",
    "storage": {"size": "40Gi", "storageClass": "slow"},
    "walStorage": {"size": "5Gi"},
    "bootstrap": {"initdb": {"database": "legacy", "owner": "legacy"}},
}


def by_hand(story: Story, **metadata: Any) -> Json:
    """A Cluster of the app's name that somebody made."""
    name = {"name": f"{story.app}-db", "namespace": story.namespace}
    cluster = {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "spec": LEGACY}
    story.cluster.apply(cluster | {"metadata": name | metadata}, manager="somebody")
    return story.database()


def test_an_existing_database_is_adopted_as_it_is(story: Story) -> None:
    """A Cluster made by hand keeps size, version, class, WAL volume and bootstrap; what may change does."""
    before = by_hand(story)

    story.write(SPEC)
    after = wait(story.database, lambda cluster: cluster["spec"]["instances"] == 2)
    story.postgres_is_healthy()
    claim = story.reconciled(SPEC)

    assert marks([after], "uid") == marks([before], "uid")
    spec = after["spec"]
    assert spec["imageName"] == LEGACY["imageName"]
    assert spec["bootstrap"] == before["spec"]["bootstrap"]
    assert spec["storage"] | LEGACY["storage"] == spec["storage"]
    assert spec["walStorage"] == before["spec"]["walStorage"]
    told = claim["status"]["database"]
    assert (told["name"], told["storage"], told["version"]) == ("legacy", "40Gi", 16)
    story.event("Adopted")


def test_an_orphaned_database_is_adopted_again(story: Story) -> None:
    """An XNodeApp deleted without what it composed is made anew by its claim, and finds its database."""
    spec = SPEC | {"database": {"storage": "40Gi", "version": 17}}
    story.runs(spec)
    before, xr = story.database(), story.xr()["metadata"]

    story.orphan()
    wait(story.xr, lambda new: new and new["metadata"]["uid"] != xr["uid"])
    owner = wait(story.database, lambda cluster: owners(cluster) == [story.xr()["metadata"]["uid"]])

    assert marks([owner], "uid") == marks([before], "uid")
    assert owner["spec"] == before["spec"]
    story.reconciled(spec)
    assert story.claim()["status"]["database"]["storage"] == "40Gi"


def owners(cluster: Json) -> list[str]:
    """The uids of whom a Cluster belongs to."""
    return [owner["uid"] for owner in cluster["metadata"].get("ownerReferences", [])]


def test_the_database_of_another_is_left_alone(story: Story) -> None:
    """A Cluster that has an owner isn't touched, and the NodeApp names the conflict."""
    story.cluster.apply(
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "boss", "namespace": story.namespace}}
    )
    boss = story.cluster.get("configmap", "boss", story.namespace) or {}
    owner = {"apiVersion": "v1", "kind": "ConfigMap", "name": "boss", "uid": boss["metadata"]["uid"]}
    before = by_hand(story, ownerReferences=[owner | {"controller": True}])

    story.write(SPEC)

    story.told("DatabaseReady", "Conflict", "belongs to ConfigMap boss")
    story.until(lambda claim: said(claim, "BackendReady")[0] == "True")
    assert marks([story.database()], "resourceVersion") == marks([before], "resourceVersion")


def test_a_lost_database_is_not_made_anew_in_silence(story: Story) -> None:
    """A Cluster deleted while Crossplane didn't look stays lost, until that is accepted in writing."""
    story.runs(SPEC)
    old = story.database()["metadata"]["uid"]

    with story.unwatched():
        story.force_away(POSTGRES, f"{story.app}-db")
        wait(story.database, lambda cluster: not cluster)
    with story.history("apis/postgresql.cnpg.io/v1", "clusters") as clusters:
        story.told("DatabaseReady", "Lost", f"platform.io/accept-data-loss: {old}")
        story.until(lambda claim: said(claim, "Ready")[0] == "False")
        assert clusters() == []

    accept(story, old)


def test_a_replaced_database_is_not_taken_for_the_old_one(story: Story) -> None:
    """A Cluster that was deleted while Crossplane was about to apply it may come back empty: that is said."""
    story.runs(SPEC)
    old = story.database()["metadata"]["uid"]

    story.force_away(POSTGRES, f"{story.app}-db")

    claim = story.until(lambda claim: said(claim, "DatabaseReady")[1] in ("Lost", "Replaced"))
    assert f"platform.io/accept-data-loss: {old}" in said(claim, "DatabaseReady")[2]
    accept(story, old)


def accept(story: Story, old: str) -> None:
    """The developer accepts in writing that the data are gone, and goes on with an empty database."""
    story.write(SPEC, **{"platform.io/accept-data-loss": old})
    new = wait(story.database, bool)
    assert new["metadata"]["uid"] != old
    story.postgres_is_healthy()
    claim = story.reconciled(SPEC)
    assert claim["status"]["database"]["uid"] == new["metadata"]["uid"]
