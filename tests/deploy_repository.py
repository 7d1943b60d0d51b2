"""A deploy repository with images, as Flux writes them, and what the function makes of it."""

import re
import shutil
from pathlib import Path

from tests.generate import ROOT
from tests.git import git

EXAMPLE = ROOT / "example" / "dashboard-deploy"
PLATFORM = str(ROOT / "example" / "platform.yaml")
ENVIRONMENTS = ("dev", "prod")
TAG = "main-0a1b2c3-1790000000"
MARKER = re.compile(r'^( +image: )\S+( # \{"\$imagepolicy": "flux-apps:(\S+)"\})$', re.MULTILINE)
"""An image that Flux's automation sets: to what the policy of this name has chosen."""


def released(repository: Path, environment: str, folder: Path) -> Path:
    """An overlay in a copy of a repository, after Flux has written images into it."""
    overlay = shutil.copytree(repository, folder / environment) / "overlays" / environment
    images = overlay / "images.yaml"
    images.write_text(MARKER.sub(rf"\1ghcr.io/acme/\3:{TAG}\2", images.read_text()))
    return overlay


def pushed(folder: Path) -> tuple[Path, Path]:
    """A new deploy repository in a folder: the bare one of a server, and the clone that was pushed to it."""
    bare, clone = folder / "bare.git", folder / "clone"
    shutil.copytree(EXAMPLE, clone)
    git(folder, "init", "-q", "--bare", "-b", "main", str(bare))
    for command in (
        "init -q -b main",
        "add .",
        "commit -qm first",
        f"remote add origin {bare}",
        "push -qu origin main",
    ):
        git(clone, *command.split())
    return bare, clone
