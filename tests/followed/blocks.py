"""The commands that a page tells its reader to run."""

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from tests.generate import ROOT
from tests.plane.kubectl import Cluster
from tests.plane.programs import program

DOCS = ROOT / "docs"
FENCE = re.compile(r"(?:<!-- (?P<note>[^>]*) -->\n *)?```sh\n(?P<commands>.*?)```", re.DOTALL)


class Block(NamedTuple):
    """Commands that stand together."""

    commands: str
    needs_registry: bool


def blocks(page: str, heading: str) -> list[Block]:
    """The blocks of commands below a heading of a page."""
    section = sections(DOCS / page)[heading]
    return [
        Block(
            re.sub(r"(?m)^ {3}", "", found["commands"]), (found["note"] or "").startswith("needs a registry")
        )
        for found in FENCE.finditer(section)
    ]


def sections(page: Path) -> dict[str, str]:
    """A page's text by heading."""
    _, *parts = re.split(r"(?m)^## ", page.read_text())
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


def follow(cluster: Cluster, page: str, heading: str, *instead: str) -> str:
    """Run the commands below a heading, in a folder of their own, and return what the last block prints.

    This control plane pulls no packages, so each block that needs a registry is replaced.
    """
    said, replacements = "", iter(instead)
    for block in blocks(page, heading):
        said = run(cluster, next(replacements) if block.needs_registry else block.commands)
    assert next(replacements, None) is None
    return said


def run(cluster: Cluster, commands: str) -> str:
    """What commands print on the way to success. Raises RuntimeError with what they say on failure."""
    folder = cluster.kubeconfig.parent / "reader"
    if not folder.exists():
        folder.mkdir()
        (folder / "package").symlink_to(ROOT / "package")
    path = f"{program('kubectl').parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603  # The project's own docs.
        ["bash", "-euo", "pipefail", "-c", commands],  # noqa: S607  # As its reader finds it.
        cwd=folder,
        env=os.environ | {"KUBECONFIG": str(cluster.kubeconfig), "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        msg = f"{commands}\n{done.stdout}{done.stderr}"
        raise RuntimeError(msg)
    return done.stdout
