"""A backend that is stopped migrates nothing, so no job begins to run a version that needs a newer schema."""

from tests.job_apps import MIGRATED, NEWER, SCHEDULED, app, image, spec
from tests.simulator import StatusCondition, World

STOPPED = MIGRATED | {"replicas": 0}


def test_a_job_keeps_its_image_while_the_backend_is_stopped() -> None:
    """The newer image has migrated nothing yet. The app says so, and goes on once the backend runs."""
    world = World(app(backend=MIGRATED)).settle()
    world.edit(backend=STOPPED | {"image": NEWER}).settle()
    assert image(world) == MIGRATED["image"]
    assert world.condition("JobsReady") == SCHEDULED
    why = f"backend.replicas is 0, so nothing migrates the database for {NEWER}"
    held = f"jobs.clean.image: kept {MIGRATED['image']}, {why}"
    assert world.condition("SpecHonored") == StatusCondition("False", "Held", held)
    world.edit(backend=MIGRATED | {"image": NEWER, "replicas": 1}).settle()
    assert image(world) == NEWER
    assert world.condition("SpecHonored").status == "True"


def test_a_stopped_backend_stops_no_job_that_was_migrated_for() -> None:
    """With the image that it ran, a job goes on as scheduled."""
    world = World(app(backend=MIGRATED)).settle()
    world.edit(backend=STOPPED).settle()
    assert (image(world), spec(world)["suspend"]) == (MIGRATED["image"], False)
    assert world.condition("SpecHonored").status == "True"
    assert world.ready


def test_a_new_job_says_that_nothing_migrates() -> None:
    """It waits, and says what ends that."""
    world = World(app(backend=STOPPED)).settle()
    says = "waits for the backend's migration, and backend.replicas is 0; raise it once to have it migrate"
    expected = StatusCondition("False", "WaitingForMigration", f"clean: {says}")
    assert world.condition("JobsReady") == expected
    assert spec(world)["suspend"] is True


def test_without_a_migration_a_stopped_backend_stops_no_job() -> None:
    """There is nothing to wait for: its jobs are all that runs of such an app."""
    world = World(app(backend={key: value for key, value in STOPPED.items() if key != "migrate"})).settle()
    assert world.ready
    world.edit(backend=world.spec["backend"] | {"image": NEWER}).settle()
    assert image(world) == NEWER
