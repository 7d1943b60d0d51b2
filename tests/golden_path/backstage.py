"""Backstage's scaffolder with GitHub beside it, which refuses what a test says."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.golden_path.scaffolding import ORG, copied, installed

Task = dict[str, Any]
"""id, status (completed or failed), log, error, failed (the step's id) and output."""


@dataclass(frozen=True)
class Backstage:
    """A scaffolder that runs templates for real."""

    process: subprocess.Popen[str]
    repositories: Path

    def run(self, template: str, values: dict[str, Any]) -> Task:
        """Send a form, and wait for the task's end."""
        task: Task = self.ask({"run": template, "values": values})
        return task

    def retry(self, task: Task) -> Task:
        """Press Retry, and wait for the task's end."""
        again: Task = self.ask({"retry": task["id"]})
        return again

    def refuse(self, method: str, path: str, status: int = 403, *, done: bool = False) -> None:
        """Have GitHub refuse the next call whose path matches; with done, it does what it was asked to."""
        refusal = {"method": method, "path": path, "status": status, "message": "played", "done": done}
        self.ask({"refuse": refusal})

    def set(self, **facts: Any) -> None:
        """Change what GitHub has: its teams, or its rules of main."""
        self.ask({"set": facts})

    def join(self, *groups: str) -> None:
        """Put whoever fills in forms into these groups, and into no others."""
        self.ask({"join": groups})

    def merge(self, number: int) -> None:
        """Merge a pull request."""
        self.ask({"merge": number})

    def look(self) -> dict[str, Any]:
        """What is registered, the pull requests, and what GitHub was asked."""
        seen: dict[str, Any] = self.ask({"look": True})
        return seen

    def git(self, repository: str, *command: str) -> str:
        """What Git prints in a repository on GitHub."""
        arguments = ["git", "-C", str(self.repositories / f"{repository}.git"), *command]
        return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout  # noqa: S603  # Ours.

    def ask(self, command: dict[str, Any]) -> Any:
        """A command's answer. Raises RuntimeError if the scaffolder has ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            message = f"the scaffolder ended with {self.process.wait()} at {command}"
            raise RuntimeError(message)
        return json.loads(answer)


@contextmanager
def backstage(node: dict[str, str], folder: Path, *, recover: bool) -> Iterator[Backstage]:
    """A scaffolder with empty repositories in a folder. It ends with the block."""
    into = folder / "repositories"
    job = {"folder": str(copied(folder / "template")), "into": str(into), "recover": recover}
    command = ["node", "serve.js"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=installed(node), env=node, **pipes) as process:  # noqa: S603  # Ours.
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(job) + "\n")
            yield Backstage(process, into / ORG)
        finally:
            process.kill()
