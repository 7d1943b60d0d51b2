"""The check of a deploy repository's pull request says what its merge would do in the cluster."""

import json
import os
import stat
import sys
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from tests.console import platform
from tests.deploy_repository import EXAMPLE, released
from tests.git import git
from tests.test_organization import run, script
from tests.tools import tool

PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
GH = """\
#!/usr/bin/env python3
# A played GitHub: its comments are in a file.
import json, os, pathlib, sys
file = pathlib.Path(os.environ["COMMENTED"])
comments = json.loads(file.read_text()) if file.exists() else []
words = sys.argv[1:]
if "--jq" in words:
    for number, body in enumerate(comments):
        if body.startswith("<!-- what changes -->"):
            print(number)
    sys.exit()
[body] = [pathlib.Path(word[6:]).read_text() for word in words if word.startswith("body=@")]
if "PATCH" in words:
    [url] = [word for word in words if word.startswith("repos/")]
    comments[int(url.rsplit("/", 1)[1])] = body
else:
    comments.append(body)
file.write_text(json.dumps(comments))
"""


class PullRequest:
    """A deploy repository with a merged commit and one that is proposed."""

    def __init__(self, folder: Path) -> None:
        """Begin with the example, as it is released."""
        tool("kubectl")
        released(EXAMPLE, "prod", folder)
        self.repository, self.scratch = folder / "repository", folder / "scratch"
        (folder / "prod").rename(self.repository)
        self.scratch.mkdir()
        gh = self.scratch / "gh"
        gh.write_text(GH)
        gh.chmod(gh.stat().st_mode | stat.S_IXUSR)
        git(self.repository, "init", "-q")
        self.commit("before")

    def commit(self, message: str) -> None:
        """Commit everything."""
        git(self.repository, "add", "--all")
        git(self.repository, "commit", "-q", "-m", message)

    def edit(self, file: str, old: str, new: str) -> None:
        """Propose another text in a file."""
        path = self.repository / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
        self.commit("after")

    def step(self, name: str, **env: str) -> bool:
        """Run a step of the workflow, and say whether it passed."""
        places = {"RUNNER_TEMP": str(self.scratch), "GITHUB_STEP_SUMMARY": str(self.scratch / "shown.md")}
        path = {"PATH": f"{self.scratch}{os.pathsep}{PATH}", "COMMENTED": str(self.scratch / "comments.json")}
        comments = {"COMMENTS": "repos/acme/shop-deploy/issues", "NUMBER": "7"}
        try:
            run(script("deploy.yaml", "check", name), self.repository, **places, **path, **(comments | env))
        except CalledProcessError:
            return False
        return True

    def says(self) -> bool:
        """Run the step that says what changes."""
        return self.step("Say what changes in the cluster")

    def passes(self) -> bool:
        """Run the step that judges each overlay."""
        return self.step("Build each overlay, and judge its NodeApp", APP="dashboard", APART="")

    @property
    def shown(self) -> str:
        """The summary of the check."""
        return (self.scratch / "shown.md").read_text()

    @property
    def comments(self) -> list[str]:
        """The comments of the pull request."""
        found: list[str] = json.loads((self.scratch / "comments.json").read_text())
        return found


@pytest.fixture
def pull_request(tmp_path: Path) -> PullRequest:
    """A pull request without any edit yet."""
    return PullRequest(tmp_path)


def test_an_edit_of_one_overlay_is_said_of_that_one(pull_request: PullRequest) -> None:
    """The other one changes nothing."""
    pull_request.edit("overlays/prod/sizing.yaml", "spec:\n", "spec:\n  team: another\n")

    assert pull_request.says()
    dev, prod = pull_request.shown.split("## prod")
    assert "Nothing changes." in dev
    assert "**Restarts**" in prod


def test_what_the_cluster_would_not_do_is_said(pull_request: PullRequest) -> None:
    """A smaller volume and an older PostgreSQL look done in YAML, and aren't."""
    pull_request.edit("base/nodeapp.yaml", "    version: 18", "    storage: 1Gi\n    version: 17")

    assert pull_request.says()

    assert "database.storage: kept 20Gi, a volume can't shrink to 1Gi" in pull_request.shown
    assert "database.version: kept 18, PostgreSQL can't go back to 17" in pull_request.shown


def test_a_rename_is_called_out(pull_request: PullRequest) -> None:
    """The app of the former name would stay, as its database does, so the check fails."""
    for file in ("base/nodeapp.yaml", "overlays/prod/images.yaml", "overlays/prod/sizing.yaml"):
        pull_request.edit(file, "  name: dashboard\n", "  name: board\n")
    for file in ("overlays/dev/images.yaml", "overlays/dev/sizing.yaml"):
        pull_request.edit(file, "  name: dashboard\n", "  name: board\n")
    git(pull_request.repository, "reset", "-q", "--soft", "HEAD~5")
    pull_request.commit("rename")

    assert not pull_request.says()

    assert "dashboard isn't renamed: board is a new app" in pull_request.shown


def test_the_platform_of_the_cluster_judges(pull_request: PullRequest) -> None:
    """A profile that only the fleet's Platform knows passes with it, and is refused without."""
    settings = pull_request.repository / "fleet/clusters/main/settings/platform.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(platform("{domain: acme.dev, profiles: {canary: {replicas: 1}}}"))
    pull_request.edit("overlays/prod/sizing.yaml", "spec:\n", "spec:\n  environment: canary\n")

    assert not pull_request.passes()
    assert pull_request.step("Find the Platform of each overlay's cluster", CLUSTERS="dev=main prod=main")
    assert pull_request.passes()
    assert pull_request.says()


def test_an_error_in_base_is_one_annotation(
    pull_request: PullRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    """Although both overlays have it: in base's file, at its line."""
    pull_request.edit("base/nodeapp.yaml", "    port: 3001\n", "    port: 80\n")

    assert not pull_request.passes()

    [error] = [line for line in capfd.readouterr().out.splitlines() if line.startswith("::error")]
    text = (pull_request.repository / "base/nodeapp.yaml").read_text().splitlines()
    line = text.index("    port: 80") + 1
    assert error.startswith(f"::error file=base/nodeapp.yaml,line={line},col=5::spec.backend.port: must be")


def test_one_comment_is_kept_current(pull_request: PullRequest) -> None:
    """A second push edits the comment of the first."""
    pull_request.edit("overlays/prod/sizing.yaml", "spec:\n", "spec:\n  team: another\n")
    for _ in range(2):
        (pull_request.scratch / "summary.md").unlink(missing_ok=True)
        assert pull_request.says()
        assert pull_request.step("Keep one comment of the pull request current")
        git(pull_request.repository, "worktree", "remove", "--force", "before")

    [comment] = pull_request.comments
    assert "**Restarts**" in comment


def test_a_comment_is_never_too_long(pull_request: PullRequest) -> None:
    """GitHub refuses more than 65,536 characters, so a word says where everything is."""
    (pull_request.scratch / "summary.md").write_text("x" * 70_000)

    assert pull_request.step("Keep one comment of the pull request current")

    [comment] = pull_request.comments
    assert "too long for a comment" in comment
