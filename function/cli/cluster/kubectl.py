"""Run kubectl. It knows how to log in, so nodeapp needs no client of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, NoReturn

import click

TIMEOUT = 20
"""Seconds that one question may take. A cluster behind a dead VPN would be waited for without end."""

FORBIDDEN = re.compile(r"\(Forbidden\)|is forbidden: User")
ABSENT = re.compile(r"\(NotFound\)")
NO_KIND = re.compile(
    r"the server doesn't have a resource type|no matches for kind|could not find the requested"
)
CONNECTION = re.compile(r"^(error|Error from server \(\w+\)): ?|^E\d{4} [^\]]*\] ?")
"""What kubectl writes before its reason."""


class ClusterError(click.ClickException):
    """What keeps a command from its work. The message is one sentence, and the exit code 2."""

    exit_code = 2


class ForbiddenError(ClusterError):
    """The user may not do it."""


class AbsentError(ClusterError):
    """There is no such object."""


class NoKindError(ClusterError):
    """The cluster has no objects of this kind."""


@dataclass(frozen=True, slots=True)
class Kubectl:
    """kubectl for one namespace of one cluster."""

    namespace: str | None = None
    """None: that of the context."""
    context: str | None = None
    """None: the current one."""

    def command(self, *arguments: str) -> list[str]:
        """A command line. Raises ClusterError if there is no kubectl."""
        program = shutil.which("kubectl")
        if program is None:
            message = "no kubectl is on PATH, and nodeapp reaches a cluster through it"
            raise ClusterError(message)
        context = [f"--context={self.context}"] if self.context else []
        namespace = [f"--namespace={self.namespace}"] if self.namespace else []
        return [program, *context, *namespace, *arguments]

    def typed(self, *arguments: str) -> str:
        """The same command line, for people who type it."""
        _, *options = self.command()
        return " ".join(["kubectl", *arguments, *options])

    def run(self, *arguments: str, given: str | None = None) -> str:
        """What a command prints. Raises ClusterError with the reason in one sentence."""
        command = self.command(*arguments)
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603  # Ours.
        if done.returncode:
            raise failure(done.stderr)
        return done.stdout

    def become(self, *arguments: str) -> NoReturn:
        """Run a command in place of this one: its terminal, signals and exit code are kubectl's from here."""
        program, *rest = self.command(*arguments)
        sys.stdout.flush()
        os.execv(program, ["kubectl", *rest])  # noqa: S606  # Ours.

    def get(self, kind: str, *arguments: str) -> Any:
        """An object, or a list of objects without a name among the arguments."""
        return json.loads(self.run("get", kind, *arguments, "-o", "json", f"--request-timeout={TIMEOUT}s"))


def failure(said: str) -> ClusterError:
    """Kubectl's reason, as an error. Its last line has it: before that may be attempts."""
    lines = [line for each in said.splitlines() if (line := each.strip())]
    last = CONNECTION.sub("", lines[-1]) if lines else "kubectl failed without a reason"
    kinds = ((FORBIDDEN, ForbiddenError), (NO_KIND, NoKindError), (ABSENT, AbsentError))
    for pattern, error in kinds:
        if pattern.search(said):
            return error(last)
    return ClusterError(f"the cluster doesn't answer: {last}")
