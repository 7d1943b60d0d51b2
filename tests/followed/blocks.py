"""Run the commands that a page tells its reader to run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.commands import ROOT, blocks
from tests.plane.kubectl import Cluster
from tests.plane.programs import program


def follow(reader: Cluster | Path, page: str, heading: str, *instead: str) -> str:
    """Run the commands below a heading, and return what the last block prints.

    `reader`: the cluster that they are for, or a folder if they are for none. Each block with a note about
    what it needs is replaced.
    """
    said, replacements = "", iter(instead)
    for block in blocks(page, heading):
        said = run(reader, next(replacements) if block.needs else block.commands)
    assert next(replacements, None) is None
    return said


def run(reader: Cluster | Path, commands: str) -> str:
    """What commands print on the way to success. Raises RuntimeError with what they say on failure."""
    environment = {"PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))}
    if isinstance(reader, Cluster):
        environment["KUBECONFIG"] = str(reader.kubeconfig)
        environment["PATH"] = f"{program('kubectl').parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(  # noqa: S603  # The project's own docs.
        ["bash", "-euo", "pipefail", "-c", commands],  # noqa: S607  # As its reader finds it.
        cwd=folder_of(reader),
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        msg = f"{commands}\n{done.stdout}{done.stderr}"
        raise RuntimeError(msg)
    return done.stdout


def folder_of(reader: Cluster | Path) -> Path:
    """A reader's folder, with what the commands need of a clone."""
    folder = reader.kubeconfig.parent / "reader" if isinstance(reader, Cluster) else reader
    if not (folder / "package").exists():
        folder.mkdir(exist_ok=True)
        (folder / "package").symlink_to(ROOT / "package")
        shutil.copytree(ROOT / "example", folder / "example", ignore=shutil.ignore_patterns("node_modules"))
    return folder
