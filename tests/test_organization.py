"""What the golden path's repositories share: their workflows' scripts do what they say."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from package.registry import published
from tests.deploy_repository import TAG
from tests.generate import ROOT
from tests.git import git

ORGANIZATION = ROOT / "example" / "backstage" / "organization"
WORKFLOWS = ORGANIZATION / "workflows" / ".github" / "workflows"
FLUX = re.compile(r"main-[a-f0-9]{7}-(?P<seconds>[0-9]+)")
"""Tags that the fleet's image policies order, by their number."""


def workflow(name: str) -> dict[str, Any]:
    """A reusable workflow."""
    definition: dict[str, Any] = yaml.safe_load((WORKFLOWS / name).read_text())
    return definition


def script(name: str, job: str, step: str) -> str:
    """What a step runs."""
    [script] = [each["run"] for each in workflow(name)["jobs"][job]["steps"] if each.get("name") == step]
    return str(script)


def run(command: str, folder: Path, **env: str) -> None:
    """As GitHub's runner does."""
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
    subprocess.run(shell, cwd=folder, env=os.environ | env, check=True)  # noqa: S603  # Ours.


def test_flux_can_order_the_tags(tmp_path: Path) -> None:
    """By the commit's time, whenever CI runs; GHCR takes no capitals."""
    git(tmp_path, "init", "-q")
    git(
        tmp_path,
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "first",
        env={"GIT_COMMITTER_DATE": "1790000000 +0200"},
    )
    commit = git(tmp_path, "rev-parse", "HEAD")
    output = tmp_path / "output"
    env = {"GITHUB_SHA": commit, "GITHUB_REPOSITORY": "Acme/Shop-frontend", "GITHUB_OUTPUT": str(output)}
    run(script("node.yaml", "image", "Name the image"), tmp_path, **env)
    outputs = dict(line.split("=") for line in output.read_text().splitlines())
    assert outputs == {"image": "ghcr.io/acme/shop-frontend", "tag": f"main-{commit[:7]}-1790000000"}
    assert FLUX.fullmatch(outputs["tag"])
    assert FLUX.fullmatch(TAG)


def test_checks_run_the_function_of_this_version() -> None:
    """Under a comment by which Renovate moves it."""
    image, tag = published().image("function"), f"v{published().version}"
    assert workflow("deploy.yaml")["jobs"]["check"]["env"] == {"FUNCTION": f"{image}:{tag}"}
    config = json.loads((ORGANIZATION / "renovate-config" / "default.json").read_text())
    [manager] = config["customManagers"]
    [file] = manager["managerFilePatterns"]
    assert re.fullmatch(file.strip("/").replace("\\/", "/"), ".github/workflows/deploy.yaml")
    [pattern] = [each.replace("(?<", "(?P<") for each in manager["matchStrings"]]
    [found] = re.finditer(pattern, (WORKFLOWS / "deploy.yaml").read_text())
    assert found.groupdict() == {"datasource": "docker", "depName": image, "currentValue": tag}


@pytest.mark.parametrize("name", ["node.yaml", "deploy.yaml"])
def test_jobs_are_bounded(name: str) -> None:
    """In time and in rights: nothing is granted but by a job that needs it."""
    definition = workflow(name)
    assert definition["permissions"] == {}
    for job in definition["jobs"].values():
        assert job["timeout-minutes"] <= 20
        assert job["permissions"]["contents"] == "read"
        assert all(
            "persist-credentials" in step["with"]
            for step in job["steps"]
            if "checkout" in step.get("uses", "")
        )
