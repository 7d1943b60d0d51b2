"""No edit loses data, and what can't be undone is held and said so."""

from tests.live.judging import marks
from tests.live.story import Story
from tests.plane.kubectl import wait

BACKEND = {"image": "ghcr.io/acme/shop:1.4.0"}


def test_a_lowered_storage_is_held(story: Story) -> None:
    """A volume can't shrink: the size stays, the NodeApp says so, and is Ready all the same."""
    story.runs({"team": "a", "backend": BACKEND, "database": {"storage": "20Gi"}})
    before = story.database()

    lowered = {"team": "a", "backend": BACKEND, "database": {"storage": "10Gi"}}
    story.write(lowered)
    story.reconciled(lowered)

    story.told("SpecHonored", "Held", "kept 20Gi, a volume can't shrink to 10Gi")
    assert marks([story.database()], "generation") == marks([before], "generation")


def test_what_cannot_be_undone_is_held(story: Story) -> None:
    """A downgrade, another name and another environment leave the Cluster as it is, and say so."""
    first = {"version": 17, "name": "shop", "storage": "20Gi"}
    story.runs({"team": "a", "backend": BACKEND, "database": first})
    before = story.database()

    edited = {"version": 16, "name": "other", "storage": "20Gi", "instances": 3}
    spec = {"team": "a", "environment": "dev", "backend": BACKEND, "database": edited}
    story.write(spec)
    story.reconciled(spec)

    told = story.told("SpecHonored", "Held")
    assert "database.name: kept shop" in told
    assert "database.version: kept 17" in told
    after = story.database()
    held = ("bootstrap", "imageName", "storage")
    assert {key: after["spec"][key] for key in held} == {key: before["spec"][key] for key in held}
    assert marks([after], "uid") == marks([before], "uid")
    assert after["metadata"]["annotations"]["platform.io/deletion-policy"] == "Retain"
    assert len(story.usages()) == 4


def test_a_removed_database_stays(story: Story) -> None:
    """Under Retain, removing `database` changes nothing in the Cluster, nor in what protects it."""
    story.runs({"team": "a", "backend": BACKEND, "database": {}})
    before, protection = story.database(), marks(story.usages(), "generation")

    without = {"team": "a", "backend": BACKEND}
    story.write(without)
    story.reconciled(without)

    assert story.told("SpecHonored", "Held").startswith("database: kept, with its 20Gi of data")
    assert marks([story.database()], "generation") == marks([before], "generation")
    assert marks(story.usages(), "generation") == protection


def test_a_database_goes_when_that_is_written(story: Story) -> None:
    """Two commits delete the data: deletionPolicy Delete takes the protection away, removal the Cluster."""
    story.runs({"team": "a", "backend": BACKEND, "database": {}})

    story.write({"team": "a", "backend": BACKEND, "database": {"deletionPolicy": "Delete"}})
    wait(story.usages, lambda usages: not usages)
    assert story.database()
    without = {"team": "a", "backend": BACKEND}
    story.write(without)
    wait(story.database, lambda cluster: not cluster)

    claim = story.reconciled(without)
    story.told("DatabaseReady", "NotApplicable")
    story.told("SpecHonored", "Honored")
    assert "database" not in claim["status"]
