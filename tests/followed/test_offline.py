"""What pages say works without a cluster."""

import re
import shutil
from pathlib import Path

import pytest

from tests.commands import ROOT, blocks
from tests.followed.blocks import follow, run
from tests.tools import tool

DEVELOPER, README, RECIPES = "docs/five-minutes.md", "README.md", "docs/recipes.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for a reader."""
    return tmp_path / "reader"


def test_five_minutes_of_a_developer(folder: Path) -> None:
    """The app is fine and becomes objects, three mistakes are named, and an edit keeps the volume."""
    assert "database-cluster" in follow(folder, DEVELOPER, "2. Your app")
    assert "did you mean frontend?" in follow(folder, DEVELOPER, "3. A mistake")
    assert "kept 50Gi, a volume can't shrink to 20Gi" in follow(folder, DEVELOPER, "4. An edit")


def test_the_readme_shows_what_the_example_becomes() -> None:
    """The first command prints the 24 objects, all ready, in an environment that is made already."""
    first, _ = blocks(README, "Try it")
    command = re.sub(r"^python3 -m venv .*\n\.uv/bin/uv run -q --no-dev ", "", first.commands)
    assert command.startswith("nodeapp render ")
    _, _, objects = run(ROOT, command).partition("objects\n")
    assert [line.split()[-1] for line in objects.splitlines()] == ["ready"] * 24


def test_the_command_in_a_deploy_repository(folder: Path) -> None:
    """Each line of the README's section about the command succeeds in a deploy repository."""
    tool("kubectl")  # It builds the overlays.
    shutil.copytree(ROOT / "example" / "dashboard-deploy", folder)
    for name, source in (("nodeapp", "nodeapp"), ("platform", "platform"), ("cluster", "render/observed")):
        shutil.copy(ROOT / "example" / f"{source}.yaml", folder / f"{name}.yaml")
    images = folder / "overlays" / "dev" / "images.yaml"
    images.write_text(images.read_text().replace('image: ""', "image: ghcr.io/acme/dashboard:1.4.0"))
    (folder / "apps").mkdir()
    shutil.copy(folder / "nodeapp.yaml", folder / "apps")
    git = "git -c user.name=reader -c user.email=reader@example.com"
    run(folder, f"git init -q -b main && git add apps base overlays *.yaml && {git} commit -q -m first")
    follow(folder, README, "The `nodeapp` command")


def test_recipes(folder: Path) -> None:
    """A check of the example says that it is fine."""
    assert "fine" in follow(folder, RECIPES, "Check NodeApps before they are merged")
