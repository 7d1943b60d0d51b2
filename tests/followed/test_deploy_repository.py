"""What a deploy repository's own pages tell its developers to type."""

import shutil
from pathlib import Path

from tests.commands import ROOT, blocks
from tests.followed.blocks import run

PAGE = "example/dashboard-deploy/docs/deploy.md"
IMAGE = "ghcr.io/acme/dashboard-backend:main-0a1b2c3-1700000000"
CHOSEN = "ghcr.io/acme/dashboard-backend:1.4.0"


def test_a_developer_promotes_rolls_back_and_pins(tmp_path: Path) -> None:
    """The commands succeed in the page's order: prod gets dev's images, and a revert takes them back."""
    folder = cloned(tmp_path)
    dev, prod = (folder / "overlays" / name / "images.yaml" for name in ("dev", "prod"))
    before = prod.read_text()

    [promote] = blocks(PAGE, "Promote")
    run(folder, promote.commands)
    assert prod.read_text() == dev.read_text() != before

    back, unpin, pin = blocks(PAGE, "Roll back")
    run(folder, "git push -q origin promote:main && git fetch -q")
    run(folder, back.commands.replace("<commit>", "promote"))
    assert prod.read_text() == before

    asked = pin.commands.replace("<organisation>/<image>:<tag>", CHOSEN.removeprefix("ghcr.io/"))
    assert f"is pinned to {CHOSEN}" in run(folder, asked)
    assert "is set by automation" in run(folder, unpin.commands)


def cloned(folder: Path) -> Path:
    """A clone of a deploy repository with an image in dev."""
    made = folder / "made"
    shutil.copytree(ROOT / "example" / "dashboard-deploy", made)
    images = made / "overlays" / "dev" / "images.yaml"
    head, _, rest = images.read_text().rpartition('image: ""')
    images.write_text(f"{head}image: {IMAGE}{rest}")
    who = "git config user.name reader && git config user.email reader@example.com"
    commit = "git add -A && git commit -q -m first"
    run(made, f"git init -q -b main && {who} && rm -rf package example && {commit}")
    run(made, f"git clone -q --bare . {folder}/origin.git && git clone -q {folder}/origin.git {folder}/clone")
    clone = folder / "clone"
    run(clone, f"{who} && printf 'package\\nexample\\n' >> .git/info/exclude")
    return clone
