"""What CI asks of the repositories, asked of fresh clones."""

import json
from pathlib import Path

import pytest

from tests.golden_path.processes import checked_output

SCRIPTS = ("lint", "typecheck", "test", "build")
MINUTES = 60


@pytest.mark.parametrize("name", ["dashboard-frontend", "dashboard-backend"])
def test_a_clone_is_green(repos: Path, node: dict[str, str], name: str) -> None:
    """A developer's first commands succeed, and leave the working tree as it was."""
    clone, env = repos / name, {**node, "CI": "true"}
    checked_output(["npm", "ci"], within=5 * MINUTES, env=env, cwd=clone)
    scripts = json.loads((clone / "package.json").read_text())["scripts"]
    assert {"lint", "typecheck", "test"} <= set(scripts)
    for script in filter(scripts.__contains__, SCRIPTS):
        checked_output(["npm", "run", script], within=4 * MINUTES, env=env, cwd=clone)
    assert checked_output(["git", "status", "--porcelain"], within=MINUTES, env=env, cwd=clone) == ""
