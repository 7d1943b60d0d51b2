"""The control plane is made of released programs and CRDs, pinned by hash."""

import re

import pytest

from tests.plane.crds import SOURCES
from tests.plane.modules import MODULES
from tests.plane.programs import PACKAGES


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
