"""The control plane is made of released programs and CRDs, and leaves nothing behind."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.generate import ROOT
from tests.plane.addresses import PORTS, claim
from tests.plane.crds import SOURCES
from tests.plane.kubectl import wait
from tests.plane.modules import MODULES
from tests.plane.programs import PACKAGES
from tests.plane.up import forget, plane


def pinned(family: str) -> dict[str, str]:
    """The modules in a family's go.mod, each with its version."""
    text = (MODULES / family / "go.mod").read_text()
    return dict(re.findall(r"(?m)^(?:require )?\s*(\S+) (v\S+)(?: // indirect)?$", text))


def is_a_release(family: str, module: str) -> bool:
    """Whether a module is pinned at a release, and its content by a hash."""
    version = pinned(family)[module]
    hashed = f"\n{module} {version} h1:" in "\n" + (MODULES / family / "go.sum").read_text()
    return hashed and re.fullmatch(r"v\d+\.\d+\.\d+", version) is not None


@pytest.mark.parametrize("name", PACKAGES)
def test_each_program_is_a_tool_of_a_release(name: str) -> None:
    """No program is built from a commit, and `go mod tidy` keeps all that its build needs."""
    family, package = PACKAGES[name]
    module = max((m for m in pinned(family) if f"{package}/".startswith(f"{m}/")), key=len)
    tools = re.findall(r"(?m)^(?:tool )?\s*(\S+/\S+)$", (MODULES / family / "go.mod").read_text())
    assert is_a_release(family, module)
    assert package in tools


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.folder)
def test_crds_are_those_of_releases(source: tuple[str, str]) -> None:
    """No CRD is read from a commit."""
    family, module, *_ = source
    assert is_a_release(family, module)


def test_two_planes_never_meet() -> None:
    """Each has addresses and ports of its own."""
    with claim() as first, claim() as second:
        assert first.host != second.host
        assert not {first.port(i) for i in range(PORTS)} & {second.port(i) for i in range(PORTS)}


PARENT = """
import sys, time
from pathlib import Path
from tests.plane.up import plane
with plane() as own:
    own.processes.start("sleep", "/bin/sleep", "600")
    print(own.processes.running["sleep"].pid, own.folder, flush=True)
    time.sleep(600)
"""


def test_nothing_outlives_a_killed_parent(tmp_path: Path) -> None:
    """Its programs are killed with it, and the next control plane removes the folder that it left."""
    environment = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as parent:  # noqa: S603
        assert parent.stdout
        child, folder = parent.stdout.readline().split()
        assert runs(child)
        parent.kill()
    wait(lambda: runs(child), lambda running: not running)

    assert Path(folder).exists()
    for left in tmp_path.iterdir():
        forget(left)
    assert not Path(folder).exists()


def test_the_folder_of_a_living_plane_stays() -> None:
    """Starting another control plane takes nothing from one that runs."""
    with plane() as own:
        forget(own.folder)
        assert own.folder.exists()
    assert not own.folder.exists()


def runs(process: str) -> bool:
    """Whether a process is there, and not only its exit status."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
