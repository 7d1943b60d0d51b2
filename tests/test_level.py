"""A function changes nothing in an app that a newer one composed: it would delete what it doesn't know."""

from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from function import compose
from tests import golden
from tests.simulator import APP, World

LEVELS: dict[int, list[str]] = yaml.safe_load(Path(__file__).with_name("levels.yaml").read_text())
PLATFORM = {"database": {"objectStore": {"destinationPath": "s3://backups"}}}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """An app with a pooler, which a function of the next level composed."""
    with monkeypatch.context() as newer:
        newer.setattr(compose, "LEVEL", compose.LEVEL + 1)
        spec = APP | {"database": APP["database"] | {"pooler": {}, "backup": {"enabled": True}}}
        return World(spec, PLATFORM).settle()


def state(world: World) -> dict[str, Any]:
    """All composed objects, as people asked for them."""
    return world.state


def test_an_older_function_changes_nothing(world: World) -> None:
    """Whatever is committed meanwhile: the condition says why, and what ends it."""
    before = state(world)
    world.restart().edit(database=APP["database"]).settle()
    assert state(world) == before
    accepted = world.condition("Accepted")
    assert (accepted.status, accepted.reason) == ("False", "OlderFunction")
    assert "allowOlderFunction: true" in accepted.message
    assert world.status["functionLevel"] == compose.LEVEL + 1


def test_the_newer_function_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is back, what was committed meanwhile is applied."""
    world.restart().edit(frontend={"image": "ghcr.io/acme/front:2.0.0"}).settle()
    monkeypatch.setattr(compose, "LEVEL", compose.LEVEL + 1)
    world.restart().settle()
    assert world.ready
    [container] = world.object("frontend-deployment")["spec"]["template"]["spec"]["containers"]
    assert container["image"] == "ghcr.io/acme/front:2.0.0"


def test_the_platform_may_allow_an_older_function(world: World) -> None:
    """Then the app is composed, and the record is this function's own."""
    world.restart().govern(PLATFORM | {"allowOlderFunction": True}).settle()
    assert world.ready
    assert world.status["functionLevel"] == compose.LEVEL


def test_a_new_key_raises_the_level() -> None:
    """Each key that is composed is listed under the level that brought it."""
    texts = [path.read_text().partition("\n---\n")[2] for path in golden.CASES.glob("*.yaml")]
    composed = {key for text in texts for key in yaml.safe_load(text)["objects"]}
    known = [pattern for patterns in LEVELS.values() for pattern in patterns]
    new = {key for key in composed if not any(fnmatch(key, pattern) for pattern in known)}
    assert new == set(), f"raise LEVEL in function/compose.py, and list in levels.yaml: {new}"
    assert max(LEVELS) == compose.LEVEL
