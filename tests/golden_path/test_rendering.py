"""The update renders a skeleton as Backstage's scaffolder does, byte by byte."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.golden_path.form import ODD
from tests.golden_path.scaffolding import installed, run
from tests.golden_path.updating import Company

PARTS = ("frontend", "backend", "deploy")
RIGHT = ("plain", *ODD)


@pytest.fixture(scope="module")
def rendered(
    scaffolded: dict[str, Any], node: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, str]]:
    """By form and part: files by name, from the answers that the scaffolder kept."""
    company = Company(tmp_path_factory.mktemp("company"), Path(scaffolded["into"]), node)
    run("npm", "ci", "--ignore-scripts", "--prefix", "update", cwd=company.template, env=node)
    kept = {
        f"{form}/{part}": json.loads(scaffolded["tries"][form]["files"][f"{part}/.skeleton.json"])
        for form in RIGHT
        for part in PARTS
    }
    printed = run(
        "node", "rendered.js", str(company.template), cwd=installed(node), env=node, stdin=json.dumps(kept)
    )
    files: dict[str, dict[str, str]] = json.loads(printed)
    return files


@pytest.mark.parametrize("form", RIGHT)
@pytest.mark.parametrize("part", PARTS)
def test_the_same_files_are_made(
    scaffolded: dict[str, Any], rendered: dict[str, dict[str, str]], form: str, part: str
) -> None:
    """Else the first update would be full of changes that nobody made."""
    made = {
        name.removeprefix(f"{part}/"): text
        for name, text in scaffolded["tries"][form]["files"].items()
        if name.startswith(f"{part}/")
    }
    assert rendered[f"{form}/{part}"] == made
