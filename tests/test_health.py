"""When Flux calls a NodeApp green or red, over simulated and recorded lives, and a package green."""

from collections.abc import Iterator
from typing import Any

import pytest

from function.api.nodeapp import KEYS
from tests import recordings
from tests.flux_health import Health, nodeapp, package
from tests.simulated.operators import rolling_out
from tests.simulated.simulation import Style
from tests.simulator import APP, World

STYLES: tuple[Style, Style] = ("classic", "modern")
STEPS = 12
"""Reconciles in which each of these edits comes to rest."""
REFUSED: dict[str, Any] = APP | {"backend": {"image": "ghcr.io/acme/back:latest"}}


def lived(world: World) -> Iterator[Health]:
    """The NodeApp's health right after a commit, and after each reconcile that follows."""
    yield nodeapp(world.claim)
    for _ in range(STEPS):
        world.reconcile()
        yield nodeapp(world.claim)


def running(style: Style) -> World:
    """An app that runs."""
    world = World(style=style).settle()
    assert nodeapp(world.claim) == "Current"
    return world


@pytest.mark.parametrize("style", STYLES)
def test_a_refused_edit_is_never_green(style: Style) -> None:
    """From the commit on, and it is red in the end."""
    seen = list(lived(running(style).ask(REFUSED)))
    assert "Current" not in seen
    assert seen[-1] == "Failed"


@pytest.mark.parametrize("style", STYLES)
def test_a_fix_is_never_red(style: Style) -> None:
    """From the commit on, whether it goes back or on, and it is green in the end."""
    for fix in (APP, APP | {"backend": {"image": "ghcr.io/acme/back:1.0.1"}}):
        world = running(style).ask(REFUSED).settle()
        assert nodeapp(world.claim) == "Failed"
        seen = list(lived(world.ask(fix)))
        assert "Failed" not in seen
        assert seen[-1] == "Current"


def stamped(claim: dict[str, Any]) -> dict[str, Any]:
    """A claim as Crossplane leaves it for a moment: conditions of the old spec, marked as of the new one."""
    generation = claim["metadata"]["generation"]
    conditions = [each | {"observedGeneration": generation} for each in claim["status"]["conditions"]]
    return {**claim, "status": {**claim["status"], "conditions": conditions}}


def test_old_conditions_of_a_new_generation_tell_nothing() -> None:
    """A refused edit isn't green by the conditions before it, and its fix isn't red by the refusal."""
    world = running("classic").ask(REFUSED)
    assert nodeapp(stamped(world.claim)) == "InProgress"
    world.settle().ask(APP)
    assert nodeapp(stamped(world.claim)) == "InProgress"


@pytest.mark.parametrize("style", STYLES)
def test_a_rollout_is_neither_until_it_is_done(style: Style) -> None:
    """The old version serves, and what the commit asks for doesn't run yet."""
    world = running(style).play("backend-deployment", rolling_out(1))
    world.edit(backend={"image": "ghcr.io/acme/back:2.0.0"})
    assert set(lived(world)) == {"InProgress"}


@pytest.mark.parametrize("style", STYLES)
def test_a_new_app_without_images_is_not_red(style: Style) -> None:
    """It waits for its first build, however long that takes."""
    seen = set(lived(World(APP | {"frontend": {}, "backend": {}}, style=style)))
    assert seen <= {"InProgress", "Unknown"}


@pytest.mark.parametrize("style", STYLES)
def test_a_new_app_that_is_refused_is_red(style: Style) -> None:
    """Nothing of it was ever accepted."""
    assert list(lived(World(REFUSED, style=style)))[-1] == "Failed"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_compared(style: Style, key: str) -> None:
    """While a key of the spec differs from the accepted spec, the NodeApp isn't green."""
    claim = running(style).claim
    other = {**claim, "spec": claim["spec"] | {key: "another"}}
    gone = {**claim, "spec": {k: value for k, value in claim["spec"].items() if k != key}}
    assert nodeapp(other) == "InProgress"
    assert (nodeapp(gone) == "InProgress") == (key in claim["spec"])


def test_what_a_real_control_plane_showed() -> None:
    """Recorded composite resources are never red, and green only if their spec is the accepted one."""
    seen = set()
    for name in recordings.names():
        for event in recordings.load(name)[1]:
            if composite := event.get("request", {}).get("observed", {}).get("composite", {}).get("resource"):
                health = nodeapp(composite)
                seen.add(health)
                spec, accepted = composite["spec"], composite.get("status", {}).get("accepted")
                assert health != "Current" or {k: spec[k] for k in KEYS if k in spec} == accepted
    assert "Failed" not in seen
    assert "InProgress" in seen


OLD, NEW = "registry.example.com/function:v1.0.0", "registry.example.com/function:v2.0.0"


def shown(package: str, identifier: str | None, generation: int, **conditions: str) -> dict[str, Any]:
    """A package as Crossplane shows it: its conditions with the generation that they are about."""
    status: dict[str, Any] = {"currentIdentifier": identifier} if identifier else {}
    if conditions:
        status["conditions"] = [
            {"type": type_, "status": value, "observedGeneration": generation}
            for type_, value in conditions.items()
        ]
    return {"metadata": {"generation": 2}, "spec": {"package": package}, "status": status}


PACKAGES: dict[str, tuple[dict[str, Any], Health]] = {
    "new": ({"metadata": {"generation": 2}, "spec": {"package": OLD}}, "Unknown"),
    "fetched": (shown(OLD, None, 2), "InProgress"),
    "unpacked": (shown(OLD, None, 2, Installed="True"), "InProgress"),
    "starting": (shown(OLD, OLD, 2, Installed="True", Healthy="Unknown"), "InProgress"),
    "not available yet": (shown(OLD, OLD, 2, Installed="True", Healthy="False"), "InProgress"),
    "the revision before": (shown(NEW, OLD, 2, Installed="True", Healthy="True"), "InProgress"),
    "upgraded just now": (shown(NEW, OLD, 1, Installed="True", Healthy="True"), "InProgress"),
    "activated": (shown(NEW, NEW, 1, Installed="True", Healthy="True"), "InProgress"),
    "done": (shown(NEW, NEW, 2, Installed="True", Healthy="True"), "Current"),
}
"""A package from its installation to an upgrade, with its health."""


@pytest.mark.parametrize(("manifest", "health"), PACKAGES.values(), ids=PACKAGES)
def test_a_package_is_green_once_it_serves(manifest: dict[str, Any], health: Health) -> None:
    """It is never red while it is installed, and never green by the words of the revision before."""
    assert package(manifest) == health
