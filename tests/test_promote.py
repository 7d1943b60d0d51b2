"""The workflow that proposes dev's images for prod: its script, with real repositories and a played gh."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.console import Console
from tests.deploy_repository import EXAMPLE, MARKER, pushed
from tests.generate import ROOT
from tests.git import git
from tests.test_organization import run, script, workflow

SKELETON = ROOT / "example" / "backstage" / "skeletons" / "deploy" / ".github" / "workflows"
GH = """#!/bin/sh
echo "$*" | head -1 >> "$GH_LOG"
case "$1 $2" in "pr list") cat "$GH_OPEN";; "pr create") echo 1 > "$GH_OPEN";; esac
"""
FRONTEND, BACKEND = ("ghcr.io/acme/dashboard-frontend", "ghcr.io/acme/dashboard-backend")


@dataclass
class Deploy:
    """A deploy repository on a server, and a clone."""

    bare: Path
    clone: Path
    scratch: Path

    def dev(self, frontend: str, backend: str) -> None:
        """Automation commits images to dev."""
        images = dict(zip(("dashboard-frontend", "dashboard-backend"), (frontend, backend), strict=True))
        file = self.clone / "overlays" / "dev" / "images.yaml"
        file.write_text(
            MARKER.sub(
                lambda found: f"{found[1]}ghcr.io/acme/{found[3]}:{images[found[3]]}{found[2]}",
                file.read_text(),
            )
        )
        self.push()

    def push(self) -> None:
        """Commit all edits to main."""
        git(self.clone, "switch", "-q", "main")
        git(self.clone, "commit", "-qam", "edit")
        git(self.clone, "push", "-q", "origin", "main")

    def promote(self, *, apart: bool = False) -> list[str]:
        """Run the workflow. Returns what gh was asked for."""
        log, runner = self.scratch / "log", self.scratch / "runner"
        log.write_text("")
        shutil.rmtree(runner, ignore_errors=True)
        git(self.scratch, "clone", "-q", str(self.bare), str(runner))
        env = {
            "PATH": f"{self.scratch / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.scratch),
            "GH_LOG": str(log),
            "GH_OPEN": str(self.scratch / "open"),
            "APART": "true" if apart else "",
        }
        run(script("promote.yaml", "promote", "Propose the images of dev for prod"), runner, **env)
        return [" ".join(line.split()[:2]) for line in log.read_text().splitlines()]

    def branches(self) -> set[str]:
        """The branches that pull requests come from."""
        return set(git(self.bare, "branch", "--format=%(refname:short)").split()) - {"main"}

    def prod(self, branch: str = "promote") -> list[str]:
        """The images of prod on a branch."""
        text = git(self.bare, "show", f"{branch}:overlays/prod/images.yaml")
        return re.findall(r"^ +image: (\S+)", text, re.MULTILINE)

    def edited(self, branch: str = "promote") -> str:
        """The files that a branch edits."""
        return git(self.bare, "diff", "--name-only", "main", branch)


@pytest.fixture
def deploy(tmp_path: Path) -> Deploy:
    """A new app."""
    bare, clone = pushed(tmp_path)
    scratch = tmp_path / "scratch"
    (scratch / "bin").mkdir(parents=True)
    (scratch / "open").write_text("")
    gh = scratch / "bin" / "gh"
    gh.write_text(GH)
    gh.chmod(0o755)
    return Deploy(bare, clone, scratch)


def test_new_images_of_dev_open_a_pull_request(deploy: Deploy) -> None:
    """It edits one file, and its check is started."""
    deploy.dev("1", "2")
    assert deploy.promote() == ["pr list", "pr create", "workflow run"]
    assert deploy.edited() == "overlays/prod/images.yaml"
    assert deploy.prod() == [f"{FRONTEND}:1", f"{BACKEND}:2"]
    assert git(deploy.bare, "log", "-1", "--format=%s", "promote") == "feat: promote to production"


def test_the_open_pull_request_is_kept_current(deploy: Deploy) -> None:
    """There is one, with the newest images, on top of main."""
    deploy.dev("1", "2")
    deploy.promote()
    deploy.dev("3", "2")
    assert deploy.promote() == ["pr list", "pr edit", "workflow run"]
    assert deploy.prod() == [f"{FRONTEND}:3", f"{BACKEND}:2"]
    assert git(deploy.bare, "rev-parse", "promote^") == git(deploy.bare, "rev-parse", "main")


def test_nothing_is_proposed_if_prod_has_it(deploy: Deploy) -> None:
    """Somebody promoted by hand: the branch goes, and GitHub closes its pull request."""
    deploy.dev("1", "2")
    deploy.promote()
    shutil.copy(deploy.clone / "overlays" / "dev" / "images.yaml", deploy.clone / "overlays" / "prod")
    deploy.push()
    assert deploy.promote() == []
    assert deploy.branches() == set()


def test_an_image_that_dev_lacks_is_not_taken_from_prod(deploy: Deploy) -> None:
    """A part that is unpinned in dev has an empty image for a minute."""
    deploy.dev("1", "2")
    shutil.copy(deploy.clone / "overlays" / "dev" / "images.yaml", deploy.clone / "overlays" / "prod")
    deploy.push()
    assert Console().run("unpin", str(deploy.clone / "overlays" / "dev"), "backend").exit_code == 0
    deploy.push()
    assert deploy.promote() == []


def test_a_pinned_image_of_prod_is_left_out(deploy: Deploy) -> None:
    """The other one is proposed."""
    deploy.dev("1", "2")
    shutil.copy(deploy.clone / "overlays" / "dev" / "images.yaml", deploy.clone / "overlays" / "prod")
    assert Console().run("pin", str(deploy.clone / "overlays" / "prod"), "backend").exit_code == 0
    deploy.push()
    deploy.dev("3", "4")
    deploy.promote()
    assert deploy.prod() == [f"{FRONTEND}:3", f"{BACKEND}:2"]


def test_frontend_and_backend_go_apart_if_wanted(deploy: Deploy) -> None:
    """Each has a pull request of its own, and merging one leaves the other."""
    deploy.dev("1", "2")
    deploy.promote(apart=True)
    assert deploy.branches() == {"promote-dashboard-frontend", "promote-dashboard-backend"}
    assert deploy.prod("promote-dashboard-frontend") == [f"{FRONTEND}:1", '""']
    assert deploy.prod("promote-dashboard-backend") == ['""', f"{BACKEND}:2"]
    git(deploy.clone, "pull", "-q", "origin", "promote-dashboard-frontend")
    git(deploy.clone, "push", "-q", "origin", "main")
    deploy.promote(apart=True)
    assert deploy.branches() == {"promote-dashboard-backend"}
    assert deploy.prod("promote-dashboard-backend") == [f"{FRONTEND}:1", f"{BACKEND}:2"]


def test_the_deploy_repository_calls_it_for_new_images_only() -> None:
    """A revert in prod opens no pull request that takes it back. The skeleton has the same files."""
    caller = yaml.safe_load((EXAMPLE / ".github" / "workflows" / "promote.yaml").read_text())
    assert caller[True]["push"] == {"branches": ["main"], "paths": ["overlays/dev/images.yaml"]}
    assert (
        caller["jobs"]["promote"]["permissions"] == workflow("promote.yaml")["jobs"]["promote"]["permissions"]
    )
    for name in ("ci.yaml", "promote.yaml"):
        skeleton = (SKELETON / f"{name}.njk").read_text().replace("${{ values.org }}", "acme")
        assert skeleton == (EXAMPLE / ".github" / "workflows" / name).read_text()


def test_its_check_can_be_started() -> None:
    """GitHub starts none for a pull request that a workflow opened."""
    ci = yaml.safe_load((EXAMPLE / ".github" / "workflows" / "ci.yaml").read_text())
    assert set(ci[True]) == {"pull_request", "workflow_dispatch"}


def test_its_rights_are_bounded() -> None:
    """They are granted to one job, for ten minutes."""
    definition = workflow("promote.yaml")
    assert definition["permissions"] == {}
    assert definition["jobs"]["promote"]["timeout-minutes"] <= 10
