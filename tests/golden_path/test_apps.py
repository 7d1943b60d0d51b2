"""What CI asks of the repositories, asked of fresh clones."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.golden_path.processes import checked_output
from tests.golden_path.stack import installed

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


@pytest.mark.parametrize("name", ["dashboard-frontend", "dashboard-backend"])
def test_the_example_comes_out_by_one_command(
    repos: Path, node: dict[str, str], name: str, tmp_path: Path
) -> None:
    """What is left is green, and speaks of no note."""
    installed(repos / name, node)
    clone, env = tmp_path / name, {**node, "CI": "true"}
    subprocess.run(["git", "clone", "-q", repos / name, clone], check=True)  # noqa: S603, S607  # Ours.
    (clone / "node_modules").symlink_to(repos / name / "node_modules")
    for script in ("remove-example", "lint", "typecheck", "test"):
        checked_output(["npm", "run", script], within=4 * MINUTES, env=env, cwd=clone)
    code = [path for path in (clone / "src").rglob("*.ts*") if path.name != "schema.ts"]
    assert [path.name for path in code if "notes" in path.read_text().lower()] == []
