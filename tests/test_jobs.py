"""Jobs: programs that run by the clock, once at a time, with all that the backend has."""

from typing import Any

import pytest

from function.api.names import CONNECTS_TO
from tests.job_apps import BACKEND, CLEAN, DATABASE, SCHEDULED, app, spec
from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import WAKING
from tests.simulator import APP, StatusCondition, World


@pytest.fixture
def world() -> World:
    """It runs."""
    return World(app()).settle()


def test_a_job_never_overlaps_and_ends_in_time() -> None:
    """What is asked for, and the defaults."""
    asked = CLEAN | {"timeout": "90m", "timeZone": "Europe/Berlin"}
    world = World(app(jobs={"clean": asked, "b": CLEAN})).settle()
    assert (spec(world)["schedule"], spec(world)["timeZone"]) == ("0 2 * * *", "Europe/Berlin")
    assert spec(world)["concurrencyPolicy"] == "Forbid"
    assert spec(world)["jobTemplate"]["spec"]["activeDeadlineSeconds"] == 5400
    other = world.object("job-b")["spec"]
    assert (other["timeZone"], other["jobTemplate"]["spec"]["activeDeadlineSeconds"]) == ("Etc/UTC", 3600)
    for key in ("successfulJobsHistoryLimit", "failedJobsHistoryLimit", "startingDeadlineSeconds"):
        assert spec(world)[key] >= 1
    assert world.object("job-clean")["metadata"]["name"] == "dash-cj--clean"
    assert world.ready
    assert world.condition("JobsReady") == SCHEDULED


def test_a_job_runs_with_all_that_the_backend_has(world: World) -> None:
    """Its environment, secrets and database, and nothing that serves."""
    template = spec(world)["jobTemplate"]["spec"]["template"]
    [backend] = world.object("backend-deployment")["spec"]["template"]["spec"]["containers"]
    [job] = template["spec"]["containers"]
    assert job["env"] == backend["env"]
    assert (job["image"], job["envFrom"]) == (backend["image"], backend["envFrom"])
    assert "ports" not in job
    assert template["spec"]["restartPolicy"] == "Never"
    assert template["metadata"]["labels"][CONNECTS_TO] == "dash-db"


def test_a_job_sleeps_and_wakes_with_the_database(world: World) -> None:
    """It wakes after it. Meanwhile it starts no run."""
    world.edit(database=DATABASE | {"hibernate": True}).settle()
    assert spec(world)["suspend"] is True
    asleep = StatusCondition("True", "Hibernated", "no runs while the database sleeps")
    assert world.condition("JobsReady") == asleep
    assert world.ready
    world.play("database-cluster", Instances(WAKING, down=9))
    world.edit(database=DATABASE).settle()
    assert spec(world)["suspend"] is True
    world.play("database-cluster", Instances()).settle()
    assert spec(world)["suspend"] is False
    assert world.condition("JobsReady") == SCHEDULED


def test_a_job_that_somebody_suspended_is_said(world: World) -> None:
    """It isn't started against their will, and the sentence says how it goes on."""
    world.hand_edit("job-clean", {"spec": {"suspend": True}}).settle()
    assert spec(world)["suspend"] is True
    condition = world.condition("JobsReady")
    assert condition[:2] == ("False", "NotReady")
    assert condition.message.startswith(
        "clean: suspended by hand; run kubectl patch cronjob/dash-cj--clean -n shop"
    )


def test_a_job_waits_for_an_image() -> None:
    """All else is made."""
    world = World(app(backend={})).settle()
    assert "job-clean" not in world.keys
    message = "clean: waits for an image; set backend.image"
    assert world.condition("JobsReady") == StatusCondition("False", "NoImage", message)
    assert world.edit(backend=BACKEND).settle().ready


def test_a_removed_job_goes(world: World) -> None:
    """The condition stays, as it was sent once."""
    world.edit(jobs=None).settle()
    assert "job-clean" not in world.keys
    assert world.condition("JobsReady").reason == "NotApplicable"
    assert "jobs" not in world.status
    assert world.ready


@pytest.mark.parametrize(("length", "refused"), [(43, False), (44, True)])
def test_a_name_fits_with_the_apps(length: int, *, refused: bool) -> None:
    """A CronJob's name has at most 52 characters: the app's, the job's, and five between them."""
    world = World(app(jobs={"j" * length: CLEAN})).settle()
    accepted = world.condition("Accepted")
    assert (accepted.status == "False") is refused
    if refused:
        assert accepted.message.endswith("it and the app's have at most 47 characters together")
    else:
        assert len(world.object(f"job-{'j' * length}")["metadata"]["name"]) == 52


@pytest.mark.parametrize(
    ("job", "says"),
    [
        ({"env": {"A": "$(A)"}}, "env.A: must not refer to itself, as in A → A"),
        ({"secretEnv": {"A": "other-db-app/uri"}}, "secretEnv.A: other-db-app has the credentials of"),
        ({"image": "evil/a:1"}, "image: must be in one of the Platform's registries"),
        ({"resources": {"limits": {"memory": "8Gi"}}}, "resources.limits.memory: must be at most 4Gi"),
    ],
)
def test_bad_jobs_are_refused(job: dict[str, Any], says: str) -> None:
    """By what the Platform says. The sentence has the job's name."""
    platform = {"limits": {"memory": "4Gi"}, "registries": ["ghcr.io/acme"]}
    world = World(app(backend=APP["backend"]), platform).settle()
    world.edit(jobs={"clean": CLEAN | job}).settle()
    assert world.condition("Accepted").message.startswith(f"spec.jobs.clean.{says}")
