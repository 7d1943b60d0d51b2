"""No override changes what is protected, whatever the patch and whoever accepted it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from function.overridable import fields
from function.overrides import applied, faults
from function.patch import merge
from function.place import Manifest
from tests.overriding import ALL
from tests.refusals import Spec
from tests.simulator import APP, World
from tests.test_goldens import responses

HOSTILE: list[tuple[str, str, Spec]] = [
    (key, where, patch)
    for key, rows in yaml.safe_load(Path(__file__).with_name("hostile_overrides.yaml").read_text()).items()
    for where, patch in rows
]
"""Key, where the fault is, and the patch."""


@pytest.fixture(scope="module")
def composed() -> dict[str, Manifest]:
    """What an ordinary app composes, behind an Ingress or a Gateway."""
    asked = APP | {
        "workers": {"mail": {"command": ["node", "mail.js"]}},
        "jobs": {"report": {"schedule": "0 2 * * *", "command": ["node", "report.js"]}},
    }
    platforms: list[Spec] = [{}, {"gateway": {"name": "public", "namespace": "infra"}}]
    worlds = [World(asked, platform).settle() for platform in platforms]
    return {key: world.object(key) for world in worlds for key in world.keys}


@pytest.mark.parametrize(("key", "where", "patch"), HOSTILE)
def test_what_is_protected_is_not_overridden(
    composed: dict[str, Manifest], key: str, where: str, patch: Spec
) -> None:
    """Names, selectors, labels that are selected by, containers, security and data: each is refused by its
    path, and isn't applied even if somebody else accepted it."""
    [fault] = faults(composed[key], patch)
    assert fault.startswith(f".{where}: ")
    assert applied(composed[key], patch) == composed[key]


def test_a_refused_override_costs_nothing() -> None:
    """A hostile edit of a running app with a database changes nothing at all."""
    world = World(APP, ALL).settle()
    before = world.state
    for key, _, patch in HOSTILE[-24::4]:
        world.edit(overrides={key: patch}).reconcile()
        assert world.condition("Accepted").reason == "Refused", (key, patch)
    assert world.settle().state == before
    assert world.edit(overrides=None).settle().ready


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, {}, [], "x", 0, True, {"a": None}, [{}], {"matchLabels": None}]
)
OBJECTS = st.sampled_from(
    [(name, key) for name in ("full", "smallest", "scaled") for key in responses()[name]["objects"]]
)


@st.composite
def hostile_patches(draw: st.DrawFn) -> tuple[Manifest, Any]:
    """An object, and a patch of something that it has, or might have, at any depth."""
    name, key = draw(OBJECTS)
    shown = responses()[name]["objects"][key]
    manifest = {word: value for word, value in shown.items() if word != "ready"}
    path: list[str] = []
    at: Any = manifest
    while isinstance(at, dict) and at and draw(st.integers(0, 5)):
        step = draw(st.sampled_from(sorted(at)))
        path.append(step)
        at = at[step]
    patch = draw(JUNK)
    for step in reversed(path or [draw(st.sampled_from(["spec", "metadata", "data"]))]):
        patch = {step: patch}
    return manifest, patch


@given(hostile_patches())
def test_no_patch_changes_more_than_may_be_overridden(drawn: tuple[Manifest, Any]) -> None:
    """Whatever the patch: without the fields that may be overridden, the object is what it was."""
    manifest, patch = drawn
    changed = applied(manifest, patch)
    assert rest(changed) == rest(manifest)
    assert isinstance(changed["metadata"]["labels"], dict)
    assert all(isinstance(value, str) for value in changed["metadata"]["annotations"].values())


def rest(manifest: Manifest) -> Manifest:
    """An object without what an override of its kind may change. Of labels and annotations ours stay."""
    for field in fields(manifest["kind"]):
        here: Any = None
        if field[-1] in ("labels", "annotations"):
            here = {name: None for name in at(manifest, field) if ".io/" not in name}
        for step in reversed(field):
            here = {step: here}
        manifest = merge(manifest, here)
    return manifest


def at(manifest: Manifest, path: tuple[str, ...]) -> Manifest:
    """The map at a path; empty where there is none."""
    for step in path:
        manifest = manifest.get(step) or {}
    return manifest
