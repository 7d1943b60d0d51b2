"""Run kubectl. It knows how to log in, so nodeapp needs no client of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, NoReturn

from function.cli.ends import FailedError

TIMEOUT = 20
"""Seconds that one request may take. A cluster behind a dead VPN would be waited for without end."""
PATIENCE = 45
"""Seconds that one question may take. kubectl asks five times for the kinds of a cluster that doesn't answer,
and it may log in first."""

FORBIDDEN = re.compile(r"\(Forbidden\)|is forbidden: User")
ABSENT = re.compile(r"\(NotFound\)")
NO_KIND = re.compile(
    r"the server doesn't have a resource type|no matches for kind|could not find the requested"
)
CONFIGURATION = re.compile(
    r"error loading config|[Ii]nvalid configuration|context was not found|no configuration has been provided"
    r"|getting credentials: |executable .* not found"
)
NO_CLUSTER = re.compile(r"The connection to the server localhost:8080 was refused")
"""What kubectl tries if no configuration names a cluster."""
LOGIN = re.compile(r"You must be logged in|\(Unauthorized\)|provide credentials")
NO_API = re.compile(r"invalid character '.*' looking for|<html|<!DOCTYPE", re.IGNORECASE)
"""Something answers that isn't the API server, such as a proxy's page."""
CONNECTION = re.compile(r"^(error|Error from server \(\w+\)): ?|^E\d{4} [^\]]*\] ?")
"""What kubectl writes before its reason."""


class ClusterError(FailedError):
    """The cluster, or kubectl, keeps a command from its work."""


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
        try:
            done = subprocess.run(  # noqa: S603  # Ours.
                self.command(*arguments),
                input=given,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired as error:
            longer = self.typed(*arguments[:2])
            message = f"the cluster doesn't answer within {PATIENCE} seconds; {longer} waits longer"
            raise ClusterError(message) from error
        except OSError as error:
            raise unstarted(error) from error
        if done.returncode:
            raise failure(done.stderr)
        return done.stdout

    def become(self, *arguments: str) -> NoReturn:
        """Run a command in place of this one: its terminal, signals and exit code are kubectl's from here."""
        program, *rest = self.command(*arguments)
        sys.stdout.flush()
        try:
            os.execv(program, ["kubectl", *rest])  # noqa: S606  # Ours.
        except OSError as error:
            raise unstarted(error) from error

    def get(self, kind: str, *arguments: str) -> Any:
        """An object, or a list of objects without a name among the arguments."""
        said = self.run("get", kind, *arguments, "-o", "json", f"--request-timeout={TIMEOUT}s")
        try:
            return json.loads(said)
        except ValueError as error:
            message = f"kubectl prints no JSON; {self.typed('get', kind, *arguments)} shows what it prints"
            raise ClusterError(message) from error


def unstarted(error: OSError) -> ClusterError:
    """That kubectl can't be run at all, such as one for another processor."""
    return ClusterError(f"kubectl can't be run: {error.filename}: {(error.strerror or str(error)).lower()}")


def failure(said: str) -> ClusterError:
    """Kubectl's reason, as an error. Its last line has it: before that may be attempts."""
    lines = [line for each in said.splitlines() if (line := each.strip())]
    last = CONNECTION.sub("", lines[-1]) if lines else "kubectl failed without a reason"
    kinds = ((FORBIDDEN, ForbiddenError), (NO_KIND, NoKindError), (ABSENT, AbsentError))
    for pattern, error in kinds:
        if pattern.search(said):
            return error(last)
    meanings = (
        (NO_CLUSTER, "kubectl's configuration names no cluster; set KUBECONFIG, or log in to the cluster"),
        (
            CONFIGURATION,
            f"kubectl's configuration doesn't work: {last}; kubectl config get-contexts shows it",
        ),
        (LOGIN, f"the cluster doesn't know you, so log in to it again: {last}"),
        (
            NO_API,
            "what answers isn't a Kubernetes API, but perhaps a proxy; kubectl cluster-info shows where",
        ),
    )
    known = next((means for pattern, means in meanings if pattern.search(said)), None)
    return ClusterError(known or f"the cluster doesn't answer: {last}")
