"""How a job's last run ended, and which image its next run has."""

import pytest

from tests.job_apps import (
    BACKEND,
    CLEAN,
    DATABASE,
    DONE,
    FIRST,
    MIGRATED,
    NEWER,
    SCHEDULED,
    SECOND,
    THIRD,
    app,
    image,
    spec,
)
from tests.simulated.operators import Runs, rolling_out
from tests.simulator import StatusCondition, World


@pytest.fixture
def world() -> World:
    """It runs."""
    return World(app()).settle()


def test_a_failed_last_run_is_said_until_one_succeeds(world: World) -> None:
    """With the command that shows its logs. The app isn't Ready, and what succeeds later ends that."""
    world.play("job-clean", Runs(FIRST, active=True)).settle()
    assert world.condition("JobsReady") == SCHEDULED
    world.play("job-clean", Runs(FIRST)).settle()
    condition = world.condition("JobsReady")
    assert condition[:2] == ("False", "RunFailed")
    assert "kubectl logs -n shop -l app.kubernetes.io/instance=dash-cj--clean" in condition.message
    assert "kubectl create job again --from=cronjob/dash-cj--clean -n shop" in condition.message
    assert not world.ready
    assert world.status["jobs"]["clean"]["failed"] is True

    world.play("job-clean", Runs(FIRST, DONE)).settle()
    assert world.condition("JobsReady") == SCHEDULED
    assert world.status["jobs"]["clean"]["lastSuccessful"] == DONE
    assert world.ready


def test_a_failure_is_told_once(world: World) -> None:
    """While the next run is under way, what is known is still that the last one failed."""
    world.play("job-clean", Runs(FIRST)).settle()
    told = [event for event in world.events if "last run failed" in str(event)]
    world.play("job-clean", Runs(SECOND, active=True)).settle()
    assert world.condition("JobsReady").reason == "RunFailed"
    world.play("job-clean", Runs(SECOND)).settle()
    assert [event for event in world.events if "last run failed" in str(event)] == told
    assert len(told) == 1


def test_an_edit_ends_a_failure(world: World) -> None:
    """Else the commit that corrects a nightly job would be red until the next night."""
    world.play("job-clean", Runs(FIRST)).settle()
    world.edit(jobs={"clean": CLEAN | {"args": ["--all"]}}).settle()
    assert world.condition("JobsReady") == SCHEDULED
    assert world.ready
    world.play("job-clean", Runs(SECOND)).settle()
    assert world.condition("JobsReady").reason == "RunFailed"
    world.play("job-clean", Runs(THIRD, "2026-01-03T02:00:05Z")).settle()
    assert world.condition("JobsReady") == SCHEDULED


def test_an_edit_during_a_run_is_not_blamed_for_its_end(world: World) -> None:
    """The run that fails had the job as it was before."""
    world.play("job-clean", Runs(FIRST, active=True)).settle()
    world.edit(jobs={"clean": CLEAN | {"args": ["--all"]}}).settle()
    world.play("job-clean", Runs(FIRST)).settle()
    assert world.condition("JobsReady") == SCHEDULED


def test_a_job_keeps_the_image_that_serves_until_the_new_one_has_migrated() -> None:
    """A run doesn't migrate by itself: its deadline might end a migration."""
    world = World(app(backend=MIGRATED)).settle()
    assert "initContainers" not in spec(world)["jobTemplate"]["spec"]["template"]["spec"]
    world.play("backend-deployment", rolling_out(0))
    world.edit(backend=MIGRATED | {"image": NEWER}).settle()
    assert image(world) == BACKEND["image"]
    assert spec(world)["suspend"] is False
    world.parts.clear()
    world.settle()
    assert image(world) == NEWER
    assert world.ready


def test_a_new_job_waits_for_the_migration() -> None:
    """Its first run could meet a schema that isn't there yet."""
    world = World(app(backend=MIGRATED)).play("backend-deployment", rolling_out(0)).settle()
    assert spec(world)["suspend"] is True
    condition = world.condition("JobsReady")
    assert condition == StatusCondition(
        "False", "WaitingForMigration", "clean: waits for the backend's migration"
    )
    world.parts.clear()
    world.settle()
    assert spec(world)["suspend"] is False
    assert world.condition("JobsReady") == SCHEDULED


def test_a_version_that_came_while_all_slept_migrates_before_a_job_runs_it() -> None:
    """A Deployment without pods has migrated nothing, although its rollout is complete."""
    world = World(app(backend=MIGRATED)).settle()
    world.edit(database=DATABASE | {"hibernate": True}).settle()
    world.edit(backend=MIGRATED | {"image": NEWER}).settle()
    assert image(world) == BACKEND["image"]
    world.play("backend-deployment", rolling_out(0)).edit(database=DATABASE).settle()
    assert (image(world), spec(world)["suspend"]) == (BACKEND["image"], False)
    world.parts.clear()
    assert image(world.settle()) == NEWER


def test_without_a_migration_a_job_follows_at_once(world: World) -> None:
    """There is nothing to wait for, also during a rollout that hangs."""
    world.play("backend-deployment", rolling_out(0)).edit(backend=BACKEND | {"image": NEWER}).settle()
    assert image(world) == NEWER
