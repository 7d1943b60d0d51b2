"""Argo CD calls a NodeApp or a package what Flux calls it: over simulated and recorded lives."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from function.api.nodeapp import KEYS
from package import argo_cd
from tests import flux_health, recordings, test_health
from tests.argo_health import health
from tests.flux_health import Health
from tests.simulated.operators import rolling_out
from tests.simulated.simulation import Style
from tests.simulator import APP, World

SAME: dict[Health, str] = {
    "Current": "Healthy",
    "Failed": "Degraded",
    "InProgress": "Progressing",
    "Unknown": "Progressing",
}
"""Flux's words, and those of Argo CD. Both go on waiting for what is neither."""


def agree(claim: dict[str, Any]) -> Health:
    """Flux's word, which Argo CD's has to be."""
    flux = flux_health.nodeapp(claim)
    assert health("NodeApp", claim)[0] == SAME[flux]
    return flux


def claims(style: Style) -> Iterator[dict[str, Any]]:
    """NodeApps in each state: new, refused, mended, rolling out, without images, and old conditions."""
    world = test_health.running(style)
    yield world.claim
    for spec in (test_health.REFUSED, APP, APP | {"backend": {"image": "ghcr.io/acme/back:1.0.1"}}):
        world = world.ask(spec)
        yield test_health.stamped(world.claim)
        yield from reconciled(world, 4)
    world = test_health.running(style).play("backend-deployment", rolling_out(1))
    world.edit(backend={"image": "ghcr.io/acme/back:2.0.0"})
    yield from reconciled(world, 3)
    world = World(APP | {"frontend": {}, "backend": {}}, style=style)
    yield world.claim
    yield from reconciled(world, 3)


def reconciled(world: World, times: int) -> Iterator[dict[str, Any]]:
    """The NodeApp after each of some reconciles."""
    for _ in range(times):
        world.reconcile()
        yield world.claim


@pytest.mark.parametrize("style", test_health.STYLES)
def test_both_say_the_same_of_simulated_lives(style: Style) -> None:
    """Each of Flux's words is among them."""
    assert {agree(claim) for claim in claims(style)} >= {"Current", "Failed", "InProgress"}


def test_both_say_the_same_of_recorded_lives() -> None:
    """Composite resources of a real control plane."""
    seen = set()
    for name in recordings.names():
        for event in recordings.load(name)[1]:
            if composite := event.get("request", {}).get("observed", {}).get("composite", {}).get("resource"):
                seen.add(agree(composite))
    assert "InProgress" in seen


@cache
def running() -> dict[str, Any]:
    """A NodeApp that runs."""
    return test_health.running("modern").claim


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_compared(key: str) -> None:
    """While a key of the spec differs from the accepted spec, the NodeApp isn't healthy."""
    claim = running()
    gone = {name: value for name, value in claim["spec"].items() if name != key}
    deep = {name: {"inner": {"list": [1, 2]}} if name == key else value for name, value in gone.items()}
    for spec in (claim["spec"], claim["spec"] | {key: "another"}, claim["spec"] | {key: {}}, gone, deep):
        agree({**claim, "spec": spec})


def test_the_message_is_the_nodeapps_own() -> None:
    """Of a refusal, and of what is waited for: Argo CD shows it beside the health."""
    refused = test_health.running("modern").ask(test_health.REFUSED).settle().claim
    status, message = health("NodeApp", refused)
    assert (status, message) == ("Degraded", refused["status"]["message"])
    assert "latest" in message
    waiting = World(APP | {"frontend": {}, "backend": {}}, style="modern").settle().claim
    assert health("NodeApp", waiting) == ("Progressing", waiting["status"]["message"])


@pytest.mark.parametrize("kind", ["Function", "Configuration"])
@pytest.mark.parametrize(("manifest", "flux"), test_health.PACKAGES.values(), ids=test_health.PACKAGES)
def test_both_say_the_same_of_a_package(kind: str, manifest: dict[str, Any], flux: Health) -> None:
    """From its installation to an upgrade."""
    assert health(kind, manifest)[0] == SAME[flux]


def test_it_is_merged_into_argo_cds_own_config() -> None:
    """Under the keys that Argo CD reads, and under the label without which it reads nothing."""
    config = yaml.safe_load(argo_cd.config_map())
    assert (config["metadata"]["name"], config["metadata"]["namespace"]) == ("argocd-cm", "argocd")
    assert config["metadata"]["labels"] == {"app.kubernetes.io/part-of": "argocd"}
    prefix = "resource.customizations.health."
    kinds = ("platform.io_NodeApp", "pkg.crossplane.io_Configuration", "pkg.crossplane.io_Function")
    assert list(config["data"]) == [f"{prefix}{kind}" for kind in kinds]
