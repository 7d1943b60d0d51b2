"""What the Platform allows: registries and limits. They judge edits, and what runs keeps running."""

from typing import Any

import pytest

from function.api.image import repository
from function.api.platform import Platform
from function.cli.validate import policy
from tests.conditions import HONORED
from tests.console import Console, spec
from tests.simulated.cnpg_instances import DISK_FULL, Instances
from tests.simulator import APP, BACKED_UP, STORED, StatusCondition, World

ACME = {"registries": ["ghcr.io/acme", "docker.io/library"]}
IN_NONE = "spec.backend.image: must be in one of the Platform's registries: ghcr.io/acme, docker.io/library; "
ASK = "take it out, or ask the platform team to allow it"
STAYS = "; the spec accepted before stays in force"
COMPLIANT = StatusCondition("True", "Compliant", "")


def with_backend(**backend: Any) -> dict[str, Any]:
    """An app with this in its backend."""
    return APP | {"backend": APP["backend"] | backend}


def with_database(**database: Any) -> dict[str, Any]:
    """An app with this in its database."""
    return APP | {"database": APP["database"] | database}


def refusal(spec_: dict[str, Any], platform: dict[str, Any]) -> str:
    """Why a first spec is refused; empty if it is accepted."""
    problems = policy("dash", "shop", Platform.model_validate(platform), spec_)
    return "; ".join(f"{'.'.join(map(str, where))}: {message}" for where, message in problems)


@pytest.mark.parametrize(
    ("image", "whole"),
    [
        ("node:24", "docker.io/library/node"),
        ("acme/shop:1", "docker.io/acme/shop"),
        ("docker.io/node:24", "docker.io/library/node"),
        ("index.docker.io/acme/shop:1", "docker.io/acme/shop"),
        (f"ghcr.io/acme/shop:1@sha256:{'0' * 64}", "ghcr.io/acme/shop"),
        (f"localhost/shop@sha256:{'0' * 64}", "localhost/shop"),
        ("registry:5000/shop:1", "registry:5000/shop"),
        ("ghcr/acme/shop:1", "docker.io/ghcr/acme/shop"),
    ],
)
def test_short_names_are_those_of_docker_hub(image: str, whole: str) -> None:
    """An image is judged by the repository that a container runtime reads in its name."""
    assert repository(image) == whole


@pytest.mark.parametrize(
    ("registry", "image", "allowed"),
    [
        ("ghcr.io/acme", "ghcr.io/acme/shop:1", True),
        ("ghcr.io/acme/", "ghcr.io/acme/a/b:1", True),
        ("ghcr.io/acme/shop", "ghcr.io/acme/shop:1", True),
        ("ghcr.io", "ghcr.io/evil/shop:1", True),
        ("docker.io", "node:24", True),
        ("docker.io/library", "node:24", True),
        ("index.docker.io/acme", "acme/shop:1", True),
        ("r:5000", "r:5000/shop:1", True),
        ("ghcr.io/acme", "ghcr.io/acme-evil/shop:1", False),
        ("ghcr.io/acme", "ghcr.io/acme:1", True),
        ("ghcr.io/acme/shop", "ghcr.io/acme/shop-evil:1", False),
        ("ghcr.io", "ghcr.io.evil.dev/acme/shop:1", False),
        ("ghcr.io/acme", "evil.dev/ghcr.io/acme/shop:1", False),
        ("ghcr.io/acme", "ghcr.io:8443/acme/shop:1", False),
        ("docker.io/acme", "acme:1", False),
        ("r:5000", "r:5001/shop:1", False),
    ],
)
def test_registries_are_compared_by_segments(registry: str, image: str, allowed: bool) -> None:  # noqa: FBT001  # A table.
    """An image is in a registry, or in a path of it, if all segments are equal: never by how they begin."""
    said = refusal(with_backend(image=image), {"registries": [registry, "ghcr.io/acme/front"]})
    assert (said == "") == allowed


@pytest.mark.parametrize("image", ["ghcr.io/acme/x", "a", "r:5000/b/c", "localhost/d"])
def test_no_registries_are_all_registries(image: str) -> None:
    """A Platform without registries refuses no image."""
    assert refusal(APP | {"frontend": {"image": f"{image}:1"}}, {"limits": {}}) == ""


def test_image_of_another_registry_is_refused_and_the_old_version_stays() -> None:
    """A new rule refuses the new image, names the platform's registries, and says what to write."""
    world = World(APP, {}).settle()
    before = world.state
    world.govern(ACME).settle()
    conditions = {type_: world.condition(type_) for type_ in world.types - {"Accepted", "Ready"}}
    assert (world.state, world.ready) == (before, True)
    world.edit(backend={"image": "quay.io/acme/back:2.0.0"}).settle()
    why = f"{IN_NONE}quay.io/acme/back is in none, so push it there, such as ghcr.io/acme/back:2.0.0"
    assert world.condition("Accepted") == StatusCondition("False", "Refused", f"{why}{STAYS}")
    assert (world.state, world.ready) == (before, False)
    assert {type_: world.condition(type_) for type_ in conditions} == conditions
    assert world.edit(backend={"image": "ghcr.io/acme/back:2.0.0"}).settle().ready


@pytest.mark.parametrize("part", ["frontend", "backend", "workers.mail", "jobs.report"])
def test_image_of_every_part_is_judged(part: str) -> None:
    """No part runs an image of another registry: neither a worker nor a job has a way around."""
    kind, _, name = part.partition(".")
    given = {"image": "quay.io/acme/x:1"} | (JOB if kind == "jobs" else {})
    asked = APP | {kind: {name: given} if name else given}
    assert refusal(asked, ACME).startswith(f"spec.{part}.image: must be in one of the Platform's registries")


def test_image_that_runs_already_keeps_running_and_is_told() -> None:
    """An app that a newer rule would refuse keeps running, and PolicyCompliant says which rule that is."""
    world = World(with_backend(image="acme/back:1.0.0"), {}).settle()
    before = world.state
    world.govern(ACME).settle()
    assert world.state == before
    assert world.ready
    assert world.condition("Accepted") == StatusCondition("True", "Accepted", "")
    why = f"{IN_NONE}docker.io/acme/back is in none, so push it there, such as ghcr.io/acme/back:1.0.0"
    told = StatusCondition("False", "Breach", f"would be refused today: {why}")
    assert world.condition("PolicyCompliant") == told
    assert world.govern({}).settle().condition("PolicyCompliant") == COMPLIANT


def test_image_that_is_kept_is_told() -> None:
    """An image that is taken out of the spec runs on, so the rule that it breaks is told all the same."""
    world = World(with_backend(image="acme/back:1.0.0"), {}).settle()
    world.edit(backend={}).settle().govern(ACME).settle()
    assert world.condition("Accepted").status == "True"
    told = world.condition("PolicyCompliant")
    assert told.reason == "Tolerated"
    assert f"{IN_NONE}docker.io/acme/back is in none" in told.message
    assert world.ready


JOB: dict[str, Any] = {"schedule": "0 2 * * *", "command": ["node", "report.js"]}
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
            APP | {"jobs": {"report": JOB | {"resources": {"requests": {"memory": "3Gi"}}}}},
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


SNIPPET = "nginx.ingress.kubernetes.io/configuration-snippet"
RATE = "nginx.ingress.kubernetes.io/limit-rps"


def annotated(**annotations: str) -> dict[str, Any]:
    """An app whose route has these annotations."""
    names = {"rate": RATE, "snippet": SNIPPET, "issuer": "cert-manager.io/cluster-issuer"}
    ingress = APP["ingress"] | {"annotations": {names[key]: value for key, value in annotations.items()}}
    return APP | {"ingress": ingress}


@pytest.mark.parametrize(("allowed", "known"), [([], "none"), ([RATE], RATE)])
def test_annotation_of_a_route_needs_the_word_of_the_platform(allowed: list[str], known: str) -> None:
    """An annotation may make a controller run what it says, so the Platform lists those that are allowed."""
    platform = {"ingress": {"allowedAnnotations": allowed}}
    why = f"isn't among the Platform's ingress.allowedAnnotations, which allow {known}; {ASK}"
    assert refusal(annotated(snippet="x"), platform) == f"spec.ingress.annotations: {SNIPPET} {why}"


def test_annotation_of_a_route_is_over_the_platforms_own() -> None:
    """An annotation that is allowed replaces the Platform's. It never names the issuer of certificates."""
    ingress: dict[str, Any] = {
        "allowedAnnotations": [RATE, "cert-manager.io/cluster-issuer"],
        "annotations": {RATE: "5", "acme.dev/a": "b"},
        "clusterIssuer": "letsencrypt",
    }
    world = World(annotated(rate="50", issuer="mine"), {"ingress": ingress}).settle()
    annotations = world.object("ingress")["metadata"]["annotations"]
    assert (annotations[RATE], annotations["acme.dev/a"]) == ("50", "b")
    assert annotations["cert-manager.io/cluster-issuer"] == "letsencrypt"
    before = world.state
    world.govern({"ingress": ingress | {"allowedAnnotations": []}}).settle()
    assert world.state == before
    assert world.condition("PolicyCompliant").reason == "Breach"


def test_deleting_the_platform_lifts_no_rule() -> None:
    """Without its Platform an app stays as it is: no edit gets through that a rule would refuse."""
    world = World(APP, ACME).settle()
    before = world.state
    world.govern(None).edit(backend={"image": "quay.io/acme/back:2.0.0"}).settle()
    assert world.condition("Accepted").reason == "PlatformMissing"
    assert world.state == before
    world.govern(ACME).settle()
    assert world.condition("Accepted").reason == "Refused"
    assert world.state == before


def test_check_says_the_same_with_the_line(shell: Console) -> None:
    """At the desk each breach has its line."""
    platform = shell.write(
        "platform.yaml",
        "apiVersion: nodeapp.platform.io/v1beta1\nkind: Platform\nmetadata: {name: default}\n"
        "spec:\n  registries: [ghcr.io/acme]\n  limits: {replicas: 5, memory: 1Gi}\n",
    )
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

    done = shell.run("check", "--platform", platform, app)

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
