"""A control plane through kubectl: JSON in, JSON out, and waiting for what takes a while."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

import yaml

from function.cli.kube_yaml import dump
from tests.plane.programs import program

Json = dict[str, Any]
T = TypeVar("T")

PATIENCE = 60.0
"""Seconds that anything may take."""
PAUSE = 0.25
"""Seconds between two looks."""


class RefusedError(Exception):
    """The API server refused: its words."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What kubectl reaches by one kubeconfig."""

    kubeconfig: Path

    def kubectl(self, *arguments: str, given: str | None = None) -> str:
        """What a command prints. Raises RefusedError with what it prints on failure."""
        command = self.command(*arguments)
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603  # Ours.
        if done.returncode:
            raise RefusedError(done.stderr.strip())
        return done.stdout

    def command(self, *arguments: str) -> list[str]:
        """The command line of kubectl for this cluster."""
        return [str(program("kubectl")), f"--kubeconfig={self.kubeconfig}", *arguments]

    def get(self, kind: str, name: str, namespace: str | None = None) -> Json | None:
        """An object, or None where there is none."""
        said = self.kubectl("get", kind, name, *where(namespace), "--ignore-not-found", "-o", "json")
        found: Json | None = json.loads(said) if said else None
        return found

    def all(self, kind: str, namespace: str | None = None, *options: str) -> list[Json]:
        """The objects of a kind."""
        said = self.kubectl("get", kind, *where(namespace), *options, "-o", "json")
        found: list[Json] = json.loads(said)["items"]
        return found

    def apply(self, *manifests: Mapping[str, Any], manager: str = "kustomize-controller") -> None:
        """Apply server-side, as Flux does."""
        options = ("--server-side", "--force-conflicts", f"--field-manager={manager}")
        self.kubectl("apply", *options, "-f", "-", given=dump(list(map(dict, manifests))))

    def patch(self, kind: str, name: str, namespace: str | None, patch: Json, *options: str) -> None:
        """Change an object by a merge patch; with --subresource=status play its controller."""
        self.kubectl(
            "patch", kind, name, *where(namespace), "--type=merge", f"--patch={json.dumps(patch)}", *options
        )

    def delete(self, kind: str, name: str, namespace: str | None = None) -> None:
        """Ask for an object to be deleted, without waiting for its end."""
        self.kubectl("delete", kind, name, *where(namespace), "--wait=false")

    @contextmanager
    def watching(self, path: str) -> Iterator[Callable[[], list[Json]]]:
        """Every state of the objects below an API path during the block, oldest first.

        Unlike looking now and then, this misses nothing.
        """
        start = json.loads(self.kubectl("get", "--raw", path))["metadata"]["resourceVersion"]
        url = f"{path}?watch=1&resourceVersion={start}&timeoutSeconds=900"
        command = self.command("get", "--raw", url)
        with NamedTemporaryFile() as log, subprocess.Popen(command, stdout=log) as process:  # noqa: S603  # Ours.
            try:
                yield lambda: states(Path(log.name))
            finally:
                process.terminate()


def states(log: Path) -> list[Json]:
    """The objects of the watch events that a file holds so far; its last line may not be whole yet."""
    whole = log.read_text().rpartition("\n")[0]
    return [json.loads(line)["object"] for line in whole.splitlines()]


def where(namespace: str | None) -> tuple[str, ...]:
    """The option that names a namespace."""
    return (f"--namespace={namespace}",) if namespace else ()


def wait(
    look: Callable[[], T], until: Callable[[T], Any], patience: float = PATIENCE, pause: float = PAUSE
) -> T:
    """What is seen once it is as wanted. Fails with what was seen last."""
    end = time.monotonic() + patience
    while not until(seen := look()):
        if time.monotonic() > end:
            shown = yaml.safe_dump(seen, width=200) if isinstance(seen, dict | list) else repr(seen)
            msg = f"after {patience:.0f} s it is still:\n{shown}"
            raise AssertionError(msg)
        time.sleep(pause)
    return seen
