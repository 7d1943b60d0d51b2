"""What repositories keep of the templates is what an update needs."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.generate import ROOT

BACKSTAGE = ROOT / "example" / "backstage"
VERSION = "backstage.io/template-version"


def skeleton(step: dict[str, Any]) -> str | None:
    """The skeleton of a step, if its repository keeps the answers."""
    folder, _, name = str(step.get("input", {}).get("url", "")).rpartition("/")
    kept = BACKSTAGE / "skeletons" / name / ".skeleton.json.njk"
    return name if folder == "./skeletons" and kept.exists() else None


FOUND = {file.name: yaml.safe_load(file.read_text()) for file in sorted(BACKSTAGE.glob("template*.yaml"))}
TEMPLATES: dict[str, dict[str, Any]] = {
    name: entity for name, entity in FOUND.items() if any(map(skeleton, entity["spec"]["steps"]))
}


def test_all_skeletons_are_known_to_the_update() -> None:
    """Each step's repository can be told from what it keeps."""
    steps = [step for entity in TEMPLATES.values() for step in entity["spec"]["steps"]]
    assert {skeleton(step) for step in steps} - {None} == {"frontend", "backend", "deploy"}


@pytest.mark.parametrize("file", TEMPLATES)
def test_each_step_says_its_template_and_version(file: str) -> None:
    """So that the newer skeleton can be rendered with the same answers."""
    entity = TEMPLATES[file]
    for step in entity["spec"]["steps"]:
        if skeleton(step):
            values = step["input"]["values"]
            assert values["template"] == f"template:default/{entity['metadata']['name']}"
            assert values["version"] == entity["metadata"]["annotations"][VERSION]


@pytest.mark.parametrize("part", ["frontend", "backend", "deploy"])
def test_each_skeleton_keeps_its_own_name(part: str) -> None:
    """And all answers, whatever they are."""
    text = Path(BACKSTAGE, "skeletons", part, ".skeleton.json.njk").read_text()
    assert f'"skeleton": "{part}"' in text
    assert "values | dump" in text
