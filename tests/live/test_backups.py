"""Backups and hibernation under the real CRDs, with CloudNativePG played."""

from function.cli.snapshot import KEY
from tests.live.judging import marks, operator
from tests.live.story import FAMILY, STORE, Story
from tests.plane.kubectl import Json, wait

BACKEND = {"image": "ghcr.io/acme/shop:1.4.0"}
SPEC = {"team": "a", "backend": BACKEND, "database": {}}
WORKING = operator("ContinuousArchiving", "True", "ContinuousArchivingSuccess")


def family(story: Story) -> list[Json]:
    """All that belongs to the database: what is composed under its keys."""
    found = story.cluster.all(",".join(FAMILY), story.namespace)
    keys = [item["metadata"].get("annotations", {}).get(KEY, "") for item in found]
    return [item for item, key in zip(found, keys, strict=True) if key.startswith("database-")]


def test_backed_up_is_true_once_it_is(story: Story) -> None:
    """From nothing yet, over an archive that works and a first base backup, to an archive that fails."""
    story.runs(SPEC)
    story.told("BackedUp", "Progressing", "no WAL is archived yet")
    server = f"{story.namespace}-{story.app}-1-1-pg18"
    (plugin,) = story.database()["spec"]["plugins"]
    assert plugin["parameters"]["serverName"] == server

    story.postgres_is_healthy(WORKING)
    made = "2999-01-01T00:00:00Z"
    window = {"firstRecoverabilityPoint": made, "lastSuccessfulBackupTime": made}
    story.play(STORE, {"serverRecoveryWindow": {server: window}})
    story.told("BackedUp", "Archiving")
    told = story.until(lambda claim: claim["status"]["database"].get("backup"))
    assert told["status"]["database"]["backup"] == {"firstRecoverable": made, "lastSuccessful": made}

    refused = operator("ContinuousArchiving", "False", "ContinuousArchivingFailing", "403 Forbidden")
    story.postgres_is_healthy(refused)
    story.told("BackedUp", "ArchivingFailing", "403 Forbidden")
    story.reconciled(SPEC)


def test_the_whole_family_stays(story: Story) -> None:
    """What belongs to a database that is removed under Retain isn't written to, let alone deleted."""
    database = {"pooler": {}, "extensions": ["pg_trgm"], "backup": {"retention": "7d"}}
    spec = SPEC | {"database": database}
    story.write(spec)
    wait(lambda: family(story), lambda found: len(found) == len(FAMILY))
    story.postgres_is_healthy(WORKING)
    story.until(lambda claim: claim["status"].get("accepted") == spec)
    before = marks(family(story), "generation")

    without = {"team": "a", "backend": BACKEND}
    story.write(without)
    story.until(lambda claim: claim["status"].get("accepted") == without)

    story.told("SpecHonored", "Held", "database: kept")
    assert marks(family(story), "generation") == before


def test_the_database_wakes_before_its_backend(story: Story) -> None:
    """Asleep, both are down and that is Ready; awake, the backend waits for an instance."""
    story.runs(SPEC)

    asleep = SPEC | {"database": {"hibernate": True}}
    story.write(asleep)
    wait(lambda: story.see("deployment", "backend"), lambda found: found["spec"]["replicas"] == 0)
    story.postgres_sleeps()
    story.reconciled(asleep)
    story.told("BackendReady", "Hibernated")

    story.postgres_wakes()
    story.write(SPEC)
    story.told("BackendReady", "WaitingForDatabase", "until the database is awake")
    assert story.see("deployment", "backend")["spec"]["replicas"] == 0
    story.postgres_is_healthy()
    story.reconciled(SPEC)
    assert story.see("deployment", "backend")["spec"]["replicas"] == 2
