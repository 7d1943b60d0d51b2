"""The workflow of a deploy repository: it checks each overlay for the app that is registered."""

import os
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from tests.deploy_repository import EXAMPLE
from tests.test_organization import run, script

STAND_IN = """#!/bin/sh
echo "$*" >> "$RUNNER_TEMP/log"
echo "${FINDS:-}"
case "$*" in *"${REFUSED:-no overlay}"*) exit 1;; esac
"""
"""A `nodeapp` that says what it was asked, finds the same everywhere, and refuses one overlay."""


def asked(folder: Path, **env: str) -> tuple[list[str], bool]:
    """What the workflow's step asks of `nodeapp`, and whether it lets the repository pass."""
    bin_ = folder / "bin"
    bin_.mkdir(exist_ok=True)
    (bin_ / "nodeapp").write_text(STAND_IN)
    (bin_ / "nodeapp").chmod(0o755)
    log = folder / "log"
    log.write_text("")
    path = f"{bin_}{os.pathsep}{os.environ['PATH']}"
    passed = passes(EXAMPLE, PATH=path, RUNNER_TEMP=str(folder), **env)
    return log.read_text().splitlines(), passed


def passes(repository: Path, **env: str) -> bool:
    """Whether the workflow's step lets a repository pass."""
    command = script("deploy.yaml", "check", "Build each overlay, and judge its NodeApp")
    try:
        run(command, repository, **({"APP": "dashboard-deploy", "APART": ""} | env))
    except CalledProcessError:
        return False
    return True


@pytest.mark.parametrize(
    ("inputs", "apps"),
    [
        ({}, ["dashboard/dashboard", "dashboard/dashboard"]),
        ({"APP": "shop"}, ["shop/shop", "shop/shop"]),
        ({"APART": "prod"}, ["dashboard/dashboard", "dashboard-prod/dashboard"]),
        ({"APART": "dev prod"}, ["dashboard-dev/dashboard", "dashboard-prod/dashboard"]),
    ],
)
def test_the_workflow_knows_the_app(tmp_path: Path, inputs: dict[str, str], apps: list[str]) -> None:
    """By the repository's name, and by what the repository says of environments in one cluster."""
    commands, passed = asked(tmp_path, **inputs)
    assert passed
    assert [each.split()[2] for each in commands] == apps


@pytest.mark.parametrize("refused", ["overlays/dev/", "overlays/prod/"])
def test_the_workflow_checks_each_overlay(tmp_path: Path, refused: str) -> None:
    """One that is refused fails the check, and the others are still checked."""
    commands, passed = asked(tmp_path, REFUSED=refused)
    assert not passed
    assert [each.split()[-1] for each in commands] == ["overlays/dev/", "overlays/prod/"]


def test_an_error_in_base_is_one_annotation(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each overlay has it, with the same file and line."""
    error = "::error file=base/nodeapp.yaml,line=8,col=5::spec.backend.port: must be at least 1024"
    commands, _ = asked(tmp_path, FINDS=error)
    assert len(commands) == 2
    assert capfd.readouterr().out.splitlines() == [error]
