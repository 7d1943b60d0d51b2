"""What developers do to a database, on CloudNativePG's own operator with played instances.

Each edit is admitted, the operator makes the Cluster healthy, and the NodeApp turns Ready by that alone.
With --record each story is written to tests/recorded/operator, and the simulator is compared with it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from function.patch import merge
from function.read import at
from tests.live.judging import said
from tests.live.story import Story
from tests.live.test_found import LEGACY, by_hand
from tests.operator.recorder import recorded
from tests.operator.telling import HEALTHY, SLOWLY, Telling
from tests.plane.kubectl import Json, wait
from tests.plane.stages import UNLUCKY
from tests.plane.volumes import storage_class


@pytest.fixture
def tell(operated: Callable[..., Story], request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Begins to tell a story. Takes its name, and the app's."""

    @contextmanager
    def begin(name: str, app: str = "shop") -> Iterator[Telling]:
        story = operated(app)
        with recorded(story, name, keep=request.config.getoption("--record")) as recorder:
            yield Telling(story, recorder)

    return begin


def test_a_database_grows_and_shrinks(tell: Callable[..., Any]) -> None:
    """Volumes grow in use, instances come and go, and a parameter changes, with the data's volumes kept."""
    with tell("sizes") as told:
        told.edit("create", instances=3)
        assert set(told.last["PersistentVolumeClaim"]) == {"shop-db-1", "shop-db-2", "shop-db-3"}
        assert told.last["FailoverQuorum"]["shop-db"]["standbyNames"] == ["shop-db-2", "shop-db-3"]
        told.edit("grow", storage="20Gi")
        assert {claim["size"] for claim in told.last["PersistentVolumeClaim"].values()} == {"20Gi"}
        told.edit("fewer instances", instances=2)
        assert set(told.last["PersistentVolumeClaim"]) == {"shop-db-1", "shop-db-2"}
        assert "FailoverQuorum" not in told.last
        told.edit("more instances", instances=3)
        assert len(told.last["Pod"]) == 3
        told.edit("parameters", parameters={"work_mem": "16MB"})


def test_a_pooler_comes_and_goes(tell: Callable[..., Any]) -> None:
    """PgBouncer runs beside the database, sleeps with it, and has no pods once it is taken out."""
    with tell("pooler") as told:
        told.edit("create")
        told.edit("pooler", pooler={})
        assert told.last["Deployment"]["shop-db-pooler"] == {"replicas": 2}
        told.edit("hibernate", hibernate=True)
        assert "Pod" not in told.last
        assert told.last["Deployment"]["shop-db-pooler"] == {"replicas": 0}
        assert len(told.last["PersistentVolumeClaim"]) == 2
        claim = told.edit("wake", hibernate=None)
        assert said(claim, "DatabaseReady")[:2] == ("True", "Healthy")
        assert told.last["Deployment"]["shop-db-pooler"] == {"replicas": 2}
        told.edit("no pooler", pooler=None, extensions=["pg_trgm"])
        assert told.last["Deployment"]["shop-db-pooler"] == {"replicas": 0}


def test_a_database_is_upgraded(tell: Callable[..., Any]) -> None:
    """PostgreSQL 17 becomes 18: all instances stop, one is upgraded, and copied to the others."""
    with tell("upgrade") as told:
        told.edit("create")
        claim = told.edit("version 18", version=18)
        assert at(claim, "status", "database", "version") == 18
        assert told.phases() == ["Upgrading Postgres major version", "Creating a new replica", HEALTHY]


def test_an_upgrade_that_fails_is_taken_back(tell: Callable[..., Any]) -> None:
    """Where pg_upgrade fails, the app isn't Ready and says so. Version 17 brings the database back."""
    with tell("failed-upgrade", UNLUCKY) as told:
        told.edit("create")
        told.spec = merge(told.spec, {"database": {"version": 18}})
        told.recorder.step("version 18", lambda: told.story.write(told.spec), lambda: failed(told.story))
        assert said(told.story.claim(), "Ready")[0] == "False"
        assert "Job unlucky-db-1-major-upgrade failed, database.version: 17" in told.story.told(
            "DatabaseReady", "NotReady"
        )
        claim = told.edit("version 17", version=17)
        assert at(claim, "status", "database", "version") == 17
        assert told.phases()[-1] == HEALTHY


def failed(story: Story) -> None:
    """Wait until the job that upgrades has failed."""
    wait(
        lambda: story.cluster.all("jobs", story.namespace),
        lambda jobs: any(at(job, "status", "failed") for job in jobs),
        SLOWLY,
    )


def test_a_database_of_somebody_is_adopted(tell: Callable[..., Any]) -> None:
    """A Cluster that runs is adopted with its data's volumes, and then grows as one of our own."""
    with tell("adopted") as told:
        told.story.cluster.apply(storage_class(LEGACY["storage"]["storageClass"]))
        told.recorder.step(
            "by hand", lambda: by_hand(told.story), lambda: wait(told.story.database, healthy, SLOWLY)
        )
        told.spec = merge(told.spec, {"database": {"version": None, "storage": None, "backup": None}})
        claim = told.edit("adopt")
        assert said(claim, "DatabaseReady")[:2] == ("True", "Healthy")
        assert at(claim, "status", "database", "version") == 16
        assert {"shop-db-1", "shop-db-1-wal", "shop-db-2"} <= set(told.last["PersistentVolumeClaim"])
        told.edit("grow", storage="60Gi")
        sizes = {name: claim["size"] for name, claim in told.last["PersistentVolumeClaim"].items()}
        assert sizes == {
            **{f"shop-db-{number}": "60Gi" for number in (1, 2)},
            **{f"shop-db-{number}-wal": "5Gi" for number in (1, 2)},
        }


def healthy(cluster: Json) -> bool:
    """Whether the operator calls a Cluster healthy."""
    return bool(at(cluster, "status", "phase") == HEALTHY)


def test_a_database_is_restored_from_anothers_backups(tell: Callable[..., Any]) -> None:
    """The operator recovers a new Cluster by the plugin. Backups are then switched off and on."""
    with tell("restored") as told:
        told.edit("restore", name="metrics", restore={"app": "other"}, backup=None)
        assert told.recorder.steps[-1].jobs == ["shop-db-1-full-recovery", "shop-db-2-join"]
        told.edit("backups off", backup={"enabled": False, "allowReduction": True})
        told.edit("backups on", backup={"enabled": True, "retention": "7d"})
