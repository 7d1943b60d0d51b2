"""What is released is what was reviewed: dependencies by hash, packages signed, no rights for strangers."""

import re
import tomllib
from typing import Any

import pytest
import yaml

from tests.generate import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yaml"))


def workflow(name: str) -> dict[Any, Any]:
    """A workflow."""
    content: dict[Any, Any] = yaml.safe_load((ROOT / f".github/workflows/{name}.yaml").read_text())
    return content


def test_every_dependency_has_a_hash() -> None:
    """Each file of each package in the lock file has a SHA-256, but for the project itself."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    from_elsewhere = [package for package in packages if "registry" in package["source"]]
    assert [package["name"] for package in packages if package not in from_elsewhere] == ["function-nodeapp"]
    for package in from_elsewhere:
        files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
        assert files, package["name"]
        assert all(file["hash"].startswith("sha256:") for file in files), package["name"]


def test_the_image_is_built_from_the_lock_file() -> None:
    """The Dockerfile installs what is locked, and nothing but the pinned uv that does it."""
    text = (ROOT / "Dockerfile").read_text()
    installs = re.findall(r"pip install [^\n]*", text)
    assert all(re.search(r" uv==[0-9.]+$", install) for install in installs)
    syncs = re.findall(r"uv sync [^\n]*", text)
    assert syncs
    assert all("--locked" in sync and "--no-dev" in sync for sync in syncs)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_give_pull_requests_no_secrets(path: Any) -> None:
    """No workflow runs a stranger's code with rights: none is triggered so, and each begins read-only."""
    content = workflow(path.stem)
    # YAML reads the key `on` as a boolean.
    triggers = content[True]
    assert "pull_request_target" not in triggers
    assert content["permissions"] == {"contents": "read"}
    if "pull_request" in triggers:
        assert "secrets." not in path.read_text()


def test_every_package_is_signed() -> None:
    """The release signs each package that it pushes."""
    steps = workflow("release")["jobs"]["packages"]["steps"]
    script = "\n".join(step.get("run", "") for step in steps)
    pushed = set(re.findall(r'xpkg push "\$(\w+):', script))
    signed = set(re.findall(r'"\$(\w+)@', "".join(re.findall(r"cosign sign [^\n]*", script))))
    assert pushed
    assert pushed <= signed
