"""The Platform's limits: the most that may be asked for. Defaults and volumes that are there have none."""

from typing import Any

import pytest

from tests.conditions import HONORED
from tests.console import Console, platform, spec
from tests.job_apps import CLEAN
from tests.refusals import STAYS, refusal, with_backend, with_database
from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import DISK_FULL
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World

LIMITS: dict[str, Any] = {"replicas": 5, "instances": 3, "storage": "50Gi", "memory": "2Gi", "cpu": "1500m"}


@pytest.mark.parametrize(
    ("asked", "field", "rule", "value"),
    [
        (with_backend(replicas=6), "backend.replicas", "replicas", 6),
        (with_backend(scaling={"min": 2, "max": 50}), "backend.scaling.max", "replicas", 50),
        (
            with_backend(resources={"limits": {"memory": "2049Mi"}}),
            *("backend.resources.limits.memory", "memory", "2049Mi"),
        ),
        (
            with_backend(resources={"requests": {"cpu": 2}}),
            *("backend.resources.requests.cpu", "cpu", 2),
        ),
        (APP | {"frontend": {"image": "a:1", "replicas": 9}}, "frontend.replicas", "replicas", 9),
        (APP | {"workers": {"mail": {"args": ["x"], "replicas": 7}}}, "workers.mail.replicas", "replicas", 7),
        (
            APP | {"jobs": {"report": CLEAN | {"resources": {"requests": {"memory": "3Gi"}}}}},
            *("jobs.report.resources.requests.memory", "memory", "3Gi"),
        ),
        (with_database(instances=4), "database.instances", "instances", 4),
        (
            with_database(resources={"requests": {"memory": "4Gi"}}),
            *("database.resources.requests.memory", "memory", "4Gi"),
        ),
        (with_database(storage="51Gi"), "database.storage", "storage", "51Gi"),
    ],
)
def test_more_than_a_limit_is_refused(asked: dict[str, Any], field: str, rule: str, value: Any) -> None:
    """What is above a limit is refused with the field, the platform's value and the rule's name."""
    most = f"must be at most {LIMITS[rule]}, as the Platform's limits.{rule} says"
    assert refusal(asked, {"limits": LIMITS}) == f"spec.{field}: {most}, not {value}"


def test_what_is_as_much_as_a_limit_is_accepted() -> None:
    """A limit is the most that may be written, in whatever unit."""
    backend = {"replicas": 5, "resources": {"limits": {"memory": "2048Mi", "cpu": "1.5"}}}
    asked = with_backend(**backend) | {"database": {"version": 17, "instances": 3, "storage": "51200Mi"}}
    assert refusal(asked, {"limits": LIMITS}) == ""


def test_defaults_are_not_limited() -> None:
    """A profile is the platform's own word: an app that writes nothing is never refused for it."""
    profile = {"replicas": 9, "database": {"storage": "5Ti", "instances": 5}}
    asked = {"team": "web", "backend": {"image": "a:1"}, "database": {"version": 17}}
    assert refusal(asked, {"limits": LIMITS, "profiles": {"prod": profile}}) == ""


def test_storage_has_a_limit_unless_the_platform_gives_another() -> None:
    """A volume of more than 1Ti is refused by default: it can't be taken back."""
    most = "must be at most 1Ti, as the Platform's limits.storage says"
    asked = with_database(storage="2Ti")
    assert refusal(asked, {}) == f"spec.database.storage: {most}, not 2Ti"
    assert World(asked).settle().condition("Accepted").message == f"spec.database.storage: {most}, not 2Ti"
    assert refusal(asked, {"limits": {"storage": "2Ti"}}) == ""


def test_volumes_above_a_new_limit_refuse_no_edit() -> None:
    """Nobody can make volumes smaller, so a lower limit is told and refuses no other edit of that app."""
    world = World(BACKED_UP, STORED).settle().govern(STORED | {"limits": {"storage": "10Gi"}}).settle()
    most = "spec.database.storage: must be at most 10Gi, as the Platform's limits.storage says, not 20Gi"
    told = f"runs on, and couldn't be asked for: {most}; volumes never shrink, so they stay as large"
    assert world.condition("PolicyCompliant") == StatusCondition("False", "Tolerated", told)
    assert world.message == ""
    assert world.edit(backend={"image": "ghcr.io/acme/back:2.0.0"}).settle().ready
    assert world.condition("SpecHonored") == HONORED
    world.edit(database=BACKED_UP["database"] | {"storage": "21Gi"}).settle()
    assert world.condition("Accepted").message.endswith(f"not 21Gi{STAYS}")


def test_no_advice_is_above_the_limit() -> None:
    """A size in between, and the size for a full disk, are sizes that the Platform allows."""
    world = World(APP, {"limits": {"storage": "100Gi"}}).settle()
    world.edit(database=APP["database"] | {"storage": "20Ti"}).settle()
    assert "must be at most 100Gi" in world.condition("Accepted").message
    world.edit(database=APP["database"]).govern({"limits": {"storage": "30Gi"}}).settle()
    world.play("database-cluster", Instances(DISK_FULL, down=9)).settle()
    raised = "once the platform team has raised the Platform's limits.storage of 30Gi"
    assert world.condition("DatabaseReady").message.endswith(f"commit database.storage: 40Gi, {raised}")


def test_check_says_the_same_with_the_line(shell: Console) -> None:
    """At the desk each breach has its line."""
    settings = "{registries: [ghcr.io/acme], limits: {replicas: 5, memory: 1Gi}}"
    app = shell.write(
        "app.yaml",
        spec(
            """\
            team: web
            frontend:
              image: node:24
            backend:
              replicas: 6
              resources:
                limits:
                  memory: 2Gi
            """
        ),
    )

    done = shell.run("check", "--platform", shell.write("platform.yaml", platform(settings)), app)

    says, memory = "as the Platform's limits", "resources.limits.memory"
    assert done.stdout.splitlines() == [
        (
            "app.yaml:7:5: spec.frontend.image: must be in one of the Platform's registries: ghcr.io/acme; "
            "docker.io/library/node is in none, so push it there, such as ghcr.io/acme/node:24"
        ),
        f"app.yaml:9:5: spec.backend.replicas: must be at most 5, {says}.replicas says, not 6",
        f"app.yaml:12:9: spec.backend.{memory}: must be at most 1Gi, {says}.memory says, not 2Gi",
        "3 problems",
    ]
