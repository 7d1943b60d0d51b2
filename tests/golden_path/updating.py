"""A company's repositories on a played GitHub, and the workflow that brings them newer skeletons."""

import http.client
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from tests.git import git
from tests.golden_path.http_client import get
from tests.golden_path.scaffolding import copied, installed, run
from tests.serving import SOON

WORKFLOW = Path(".github", "workflows", "update.yaml")
TEMPLATES = [f"template{part}.yaml" for part in ("", "-frontend", "-backend", "-database")]
"""Those with skeletons. They have one version."""
FORMER, NEWER = "1.0.0", "1.1.0"
Edits = Mapping[str, Callable[[str], str] | str | None]
"""By file: what becomes of its text, a new file's text, or None to delete it."""


def replaced(old: str, new: str) -> Callable[[str], str]:
    """An edit of a text that must be there."""

    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def edit(folder: Path, edits: Edits, message: str) -> None:
    """Commit edits."""
    for name, change in edits.items():
        file = folder / name
        if change is None:
            file.unlink()
        elif isinstance(change, str):
            file.write_text(change)
        else:
            file.write_text(change(file.read_text()))
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", message)


class Company:
    """Repositories made by the scaffolder, and that of the template, with a version."""

    def __init__(self, folder: Path, made: Path, node: dict[str, str]) -> None:
        """Copy what was made, which other tests read."""
        self.folder, self.node, self.api = folder, node, ""
        self.said: dict[str, str] = {}
        """What the last update says of each repository."""
        self.github = folder / "github"
        shutil.copytree(made, self.github / "acme")
        self.template = copied(folder / "template")
        git(self.template, "init", "-q", "-b", "main")
        edit(self.template, {}, "feat: begin")
        git(self.template, "tag", f"v{FORMER}")
        origin = self.github / "acme" / "template-node-development.git"
        git(folder, "clone", "-q", "--bare", str(self.template), str(origin))
        git(self.template, "remote", "add", "origin", str(origin))

    def repository(self, name: str) -> Path:
        """The bare one, as GitHub has it."""
        return self.github / "acme" / f"{name}.git"

    def push(self, name: str, edits: Edits, branch: str = "main") -> None:
        """Commit a team's edits to a branch."""
        clone = self.folder / f"{name}-{branch}"
        if not clone.exists():
            git(self.folder, "clone", "-q", str(self.repository(name)), str(clone), "-b", branch)
        edit(clone, edits, "feat: our own change")
        git(clone, "push", "-q", "origin", branch)

    def release(self, edits: Edits) -> None:
        """Commit a newer template."""
        edit(self.template, edits, "feat: change the skeletons")

    def file(self, name: str, path: str, branch: str = f"skeleton-{NEWER}") -> str | None:
        """A file's text in a branch. None if it isn't there."""
        listed = git(self.repository(name), "ls-tree", "-r", "--name-only", branch).splitlines()
        return git(self.repository(name), "show", f"{branch}:{path}") if path in listed else None

    def checkout(self, name: str, folder: Path, branch: str = f"skeleton-{NEWER}") -> Path:
        """A clone of a branch."""
        git(self.folder, "clone", "-q", str(self.repository(name)), str(folder), "-b", branch)
        return folder

    @contextmanager
    def served(self) -> Iterator[None]:
        """GitHub answers."""
        command = ["node", "asked.js", str(self.github)]
        where = installed(self.node)
        with subprocess.Popen(  # noqa: S603  # Ours.
            command, cwd=where, env=self.node, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as served:
            assert served.stdout is not None
            assert served.stdin is not None
            self.api = served.stdout.readline().strip()
            yield
            served.stdin.close()

    def update(self) -> None:
        """Run the workflow's steps. Raises RuntimeError with what they print if one fails."""
        steps = yaml.safe_load((self.template / WORKFLOW).read_text())["jobs"]["update"]["steps"]
        env = self.node | {"GITHUB_API_URL": self.api, "GH_TOKEN": "dummy", "ONLY": ""}
        shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
        printed = [run(*shell, step["run"], cwd=self.template, env=env) for step in steps if "run" in step]
        self.said = dict(line.split(": ", 1) for line in printed[-1].splitlines())

    def pulls(self, name: str) -> list[dict[str, Any]]:
        """All pull requests of a repository."""
        found: list[dict[str, Any]] = json.loads(get(f"{self.api}/repos/acme/{name}/pulls").body)
        return found

    def open(self, name: str) -> dict[str, Any]:
        """The open pull request of a repository."""
        [found] = [each for each in self.pulls(name) if each["state"] == "open"]
        return found

    def close(self, name: str) -> None:
        """Decline the open pull request of a repository."""
        url = urlsplit(f"{self.api}/repos/acme/{name}/pulls/{self.open(name)['number']}")
        with closing(http.client.HTTPConnection(url.netloc, timeout=SOON)) as connection:
            connection.request("PATCH", url.path, json.dumps({"state": "closed"}))
            assert connection.getresponse().status == http.client.OK
