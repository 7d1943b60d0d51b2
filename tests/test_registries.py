"""The Platform's registries: they judge images that are asked for, and what runs keeps running."""

import pytest

from function.api.image import repository
from tests.job_apps import CLEAN
from tests.refusals import STAYS, refusal, with_backend
from tests.simulator import APP, StatusCondition, World

ACME = {"registries": ["ghcr.io/acme", "docker.io/library"]}
IN_NONE = "spec.backend.image: must be in one of the Platform's registries: ghcr.io/acme, docker.io/library; "
COMPLIANT = StatusCondition("True", "Compliant", "")


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
    given = {"image": "quay.io/acme/x:1"} | (CLEAN if kind == "jobs" else {})
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
