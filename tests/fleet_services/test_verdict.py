"""What is said about a commit: Flux's verdict, in the words of the NodeApp."""

from collections.abc import Callable
from typing import Any

import pytest

from fleet_services.commit_status.nodeapp import sentence
from fleet_services.commit_status.verdict import LONGEST, Verdict, refusal, verdict
from fleet_services.kustomizations import Attempt, attempt
from tests.fleet_services.flux import Flux
from tests.fleet_services.lives import BAD, DEV, running
from tests.simulator import World

A, B = "a" * 40, "b" * 40


@pytest.mark.parametrize(
    ("annotation", "revision", "expected"),
    [
        ("https://github.com/acme/dash-deploy", f"main@sha1:{A}", ("acme/dash-deploy", A)),
        ("https://github.com/acme/dash-deploy.git", f"sha1:{A}", ("acme/dash-deploy", A)),
        ("acme/dash.deploy", f"refs/heads/main@sha1:{A}", ("acme/dash.deploy", A)),
        ("https://github.com/acme/dash-deploy", f"latest@sha256:{'0' * 64}", None),
        ("https://github.com/acme/dash-deploy", "", None),
        ("", f"main@sha1:{A}", None),
    ],
)
def test_the_commit_is_the_one_that_flux_attempted(
    annotation: str, revision: str, expected: tuple[str, str] | None
) -> None:
    """Without a repository or a commit of Git there is none."""
    flux = Flux()
    flux.annotations["platform.io/repository"] = annotation
    flux.status["lastAttemptedRevision"] = revision
    assert attempt(flux.object) == (Attempt(*expected, "dev", "shop/dash") if expected else None)


def test_a_kustomization_of_no_app_is_left_alone() -> None:
    """The fleet's own ones have no such annotations."""
    thing = Flux().attempts(A).object
    thing["metadata"]["annotations"] = {"platform.io/repository": "acme/fleet"}
    assert attempt(thing) is None


Step = Callable[[Flux], Flux]
STEPS: dict[str, tuple[Step, Verdict | None]] = {
    "begins": (lambda flux: flux.begins(), Verdict("pending", "Flux applies this commit")),
    "healthy": (lambda flux: flux.healthy(), Verdict("success", "runs as asked at http://dash.acme.dev")),
    "recovered": (lambda flux: flux.unhealthy(), Verdict("success", "runs as asked at http://dash.acme.dev")),
    "cannot-build": (
        lambda flux: flux.set("False", "BuildFailed", "kustomize build failed: no such file"),
        Verdict("failure", "kustomize build failed: no such file"),
    ),
    "prune-refused": (
        lambda flux: flux.set(
            "False",
            "PruneFailed",
            'admission webhook "x" denied the request: commit deletionPolicy: Delete first',
        ),
        Verdict("failure", "commit deletionPolicy: Delete first"),
    ),
    "source-fails": (lambda flux: flux.set("False", "ArtifactFailed", "auth failed"), None),
    "waits-for-another": (lambda flux: flux.set("False", "DependencyNotReady", "not ready"), None),
}


@pytest.mark.parametrize("name", STEPS)
def test_flux_decides_for_an_app_that_runs(name: str) -> None:
    """What Flux says before the attempt is about no commit."""
    step, expected = STEPS[name]
    flux = step(Flux().attempts(A).applied())
    assert verdict(flux.object, running().claim) == expected


def test_an_edited_kustomization_says_nothing_yet() -> None:
    """Its condition is that of the spec before."""
    flux = Flux().attempts(A).applied().healthy()
    flux.generation += 1
    assert verdict(flux.object, running().claim) is None


def test_progress_is_told_in_the_nodeapps_words() -> None:
    """While it is made, and when the time is over."""
    world = World(DEV)
    world.reconcile()
    flux = Flux().attempts(A).applied()
    words = sentence(world.claim)
    assert words
    assert verdict(flux.object, world.claim) == Verdict("pending", words)
    assert verdict(flux.unhealthy("status: 'InProgress'").object, world.claim) == Verdict("failure", words)


def test_a_refusal_is_told_in_the_functions_words() -> None:
    """Flux says only that it failed."""
    world = running()
    world.ask(BAD).settle()
    said = verdict(Flux().attempts(A).applied().unhealthy().object, world.claim)
    assert said
    assert said.state == "failure"
    assert "spec.backend.env" in said.description


def test_an_old_nodeapp_makes_no_new_commit_green() -> None:
    """Between the attempt and the apply, the NodeApp is the one before and runs."""
    flux = Flux().attempts(A).applied().healthy().attempts(B)
    assert verdict(flux.object, running().claim) == Verdict("pending", "Flux applies this commit")


def test_a_commit_without_a_nodeapp_is_told() -> None:
    """An app that was taken out is gone when Flux says so; one that isn't seen yet is waited for."""
    flux = Flux().attempts(A).applied().healthy()
    assert verdict(flux.object, None) is None
    flux.status["inventory"] = {"entries": []}
    assert verdict(flux.object, None) == Verdict("success", "this commit has no NodeApp")


DRY_RUN = "NodeApp/shop/dash dry-run failed"
INVALID = f'{DRY_RUN} (Invalid): NodeApp.platform.io "dash" is invalid: '
UNCHECKED = (
    '<nil>: Invalid value: "": some validation rules were not checked because the object was invalid; '
    "correct the existing errors to complete validation"
)
ADMISSION = {
    "rule": (
        f'{INVALID}spec.backend.image: Invalid value: "ghcr.io/acme/back": must have a tag',
        "spec.backend.image: must have a tag",
    ),
    "several": (
        f'{INVALID}[spec.database.storage: Invalid value: "20": must be a size, {UNCHECKED}]',
        "spec.database.storage: must be a size",
    ),
    "webhook": (f'{DRY_RUN} (Forbidden): admission webhook "v.acme.dev" denied the request: no', "no"),
    "other": (f"{DRY_RUN}: no typed patch", f"{DRY_RUN}: no typed patch"),
}


@pytest.mark.parametrize("name", ADMISSION)
def test_a_refusal_at_admission_is_told_without_its_wrapping(name: str) -> None:
    """The sentence fits then. What isn't known stays as it is."""
    message, expected = ADMISSION[name]
    assert refusal(message) == expected


def test_a_description_is_one_that_github_takes() -> None:
    """One line of at most 140 characters."""
    flux = Flux().attempts(A).set("False", "BuildFailed", "ü\n" * 300)
    said = verdict(flux.object, None)
    assert said
    assert len(said.description) == LONGEST == 140
    assert said.description.endswith("ü…")
    assert "\n" not in said.description


def test_what_is_held_is_told_on_a_green_commit() -> None:
    """A revert of a larger volume is green, and says what it kept."""
    world = running()
    spec: dict[str, Any] = DEV | {"database": DEV["database"] | {"storage": "40Gi"}}
    world.ask(spec).settle()
    world.ask(DEV).settle()
    said = verdict(Flux().attempts(A).applied().healthy().object, world.claim)
    assert said
    assert said.state == "success"
    assert "kept 40Gi" in said.description
