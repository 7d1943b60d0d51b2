"""The command that sets registry and version, as a platform engineer runs it in a clone."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from package.registry import PACKAGES, Release, published
from tests.copied import copied, ran, texts

OTHER = Release("registry.example.com:5000/platform/apps", "91.2.3")
BARE = Release("registry.example.com", "0.0.7")
"""Without a path: its Function is called as its repository."""
PROOFS = (
    *("tests/test_packages.py", "tests/test_install.py", "tests/test_registry.py"),
    "tests/test_organization.py::test_checks_run_the_function_of_this_version",
)
"""What must pass with every registry."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A clone."""
    return copied(tmp_path)


def settle(tree: Path, release: Release) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return ran(tree, sys.executable, "-m", "package.registry", *release)


@pytest.mark.parametrize("release", [OTHER, BARE], ids=lambda release: release.registry)
def test_no_trace_of_the_old_is_left(tree: Path, release: Release) -> None:
    """No file names the old registry, Function or version, and the same command restores every byte."""
    before, old = texts(tree), published()
    assert settle(tree, release).returncode == 0
    traces = {f"v{old.version}", old.function_name, *map(old.image, PACKAGES)} - {PACKAGES["function"]}
    for path, text in texts(tree).items():
        if not path.startswith("tests/"):
            assert {trace for trace in traces if trace in text} == set(), path
    assert settle(tree, old).returncode == 0
    assert texts(tree) == before


def test_all_proofs_pass(tree: Path) -> None:
    """With another registry the packages build, and Function, Compositions and installation agree."""
    assert settle(tree, OTHER).returncode == 0
    proven = ran(tree, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *PROOFS)
    assert proven.returncode == 0, proven.stdout


def test_all_is_written_or_nothing(tree: Path) -> None:
    """Where one file hasn't its place, the command names this file and writes none."""
    composition = tree / "package" / "modern" / "composition.yaml"
    composition.write_text(composition.read_text().replace("functionRef", "function"))
    before = texts(tree)
    done = settle(tree, OTHER)
    assert done.returncode == 1
    assert str(composition) in done.stderr
    assert texts(tree) == before


def checked(tree: Path, registry: str, tag: str) -> subprocess.CompletedProcess[str]:
    """The release workflow's check of a tag, for the registry that it would push to."""
    workflow: Any = yaml.safe_load((tree / ".github" / "workflows" / "release.yaml").read_text())
    [script] = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "package.registry" in str(step)]
    env = os.environ | {"REGISTRY": registry, "GITHUB_REF_NAME": tag}
    return ran(tree, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, **env)


def test_a_tag_is_released_if_its_files_name_it(tree: Path) -> None:
    """The release workflow stops, with the command to run, where a file names another registry or version."""
    now = published()
    (tree / "CHANGELOG.md").write_text(f"## {now.version}\n")
    ran(tree, "git", "add", "CHANGELOG.md")
    assert checked(tree, now.registry.upper(), f"v{now.version}").returncode == 0
    for registry, version in ((OTHER.registry, now.version), (now.registry, OTHER.version)):
        stopped = checked(tree, registry, f"v{version}")
        assert stopped.returncode == 1
        assert f"python -m package.registry {registry} {version}" in stopped.stdout
        settle(tree, now)
