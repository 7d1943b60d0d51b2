"""A fleet that runs: apps come and go, and Flux says what became of them."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from function.read import condition
from tests.fleet import FLEET
from tests.flux.repository import Repository
from tests.plane.flux import (
    NAMESPACE,
    of_the_fleet,
    start_flux_operator,
    start_kustomize_controller,
    start_source_controller,
)
from tests.plane.kubectl import Cluster, Json, wait
from tests.plane.plane import Plane

APPS = "flux-apps"
KUSTOMIZATION = "kustomizations.kustomize.toolkit.fluxcd.io"
SOURCE = "gitrepositories.source.toolkit.fluxcd.io"
RESOURCE_SET = "resourcesets.fluxcd.controlplane.io"
SLOWLY = 240.0
"""Seconds that a step may take on a machine with much else to do."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """A fleet repository, and the control plane that follows it."""

    plane: Plane
    repository: Repository

    @property
    def cluster(self) -> Cluster:
        """What kubectl reaches."""
        return self.plane.cluster

    def see(self, kind: str, name: str, namespace: str = APPS) -> Json:
        """An object; empty where there is none."""
        return self.cluster.get(kind, name, namespace) or {}

    def register(self, namespace: str, deploy: Repository, **more: Any) -> float:
        """Merge an app's entry, as the template writes it. Returns the time of the push."""
        entry: Json = yaml.safe_load((FLEET / "registry" / "dashboard.yaml").read_text())
        entry["metadata"]["name"] = namespace
        values = {"name": namespace, "namespace": namespace, "repository": deploy.url}
        entry["spec"]["defaultValues"] |= values | more
        self.repository.write(f"registry/{namespace}.yaml", yaml.safe_dump(entry))
        self.repository.push(f"feat: deploy {namespace}")
        return time.monotonic()

    def remove(self, namespace: str) -> None:
        """Merge that an app's entry goes."""
        (self.repository.clone / "registry" / f"{namespace}.yaml").unlink()
        self.repository.push(f"feat: remove {namespace}")
        self.poll("flux-system", NAMESPACE)

    def poll(self, name: str, namespace: str = APPS) -> None:
        """Make Flux look at a repository now, as `flux reconcile source git` does."""
        self.look_again(SOURCE, name, namespace)

    def look_again(self, kind: str, name: str, namespace: str = APPS) -> None:
        """Make Flux look at an object now."""
        mark = {"metadata": {"annotations": {"reconcile.fluxcd.io/requestedAt": uuid.uuid4().hex}}}
        self.cluster.patch(kind, name, namespace, mark)

    def ready(self, kind: str, name: str, namespace: str = APPS) -> tuple[str, str]:
        """Status and message of an object's condition Ready."""
        found = condition(self.see(kind, name, namespace), "Ready")
        return str(found.get("status", "")), str(found.get("message", ""))

    def says(self, kind: str, name: str, *words: str, namespace: str = APPS) -> str:
        """The message of an object that isn't ready, once all these words are in it."""

        def wanted(ready: tuple[str, str]) -> bool:
            return ready[0] == "False" and all(each in ready[1] for each in words)

        return wait(lambda: self.ready(kind, name, namespace), wanted, SLOWLY)[1]

    def is_green(self, kind: str, name: str, namespace: str = APPS) -> None:
        """Wait until an object is ready."""
        wait(lambda: self.ready(kind, name, namespace), lambda ready: ready[0] == "True", SLOWLY)

    def gone(self, kind: str, name: str, namespace: str = APPS) -> None:
        """Wait until there is no such object."""
        wait(lambda: self.see(kind, name, namespace), lambda found: not found, SLOWLY)

    def restart(self, name: str) -> None:
        """Kill one of Flux's controllers, and start it again."""
        process = self.plane.processes.running.pop(name)
        process.kill()
        process.wait()
        STARTERS[name](self.plane)


def start_kustomize(plane: Plane) -> None:
    """kustomize-controller, as a FluxInstance runs it."""
    start_kustomize_controller(plane, *of_the_fleet(plane))


STARTERS: dict[str, Callable[[Plane], None]] = {
    "source-controller": start_source_controller,
    "kustomize-controller": start_kustomize,
    "flux-operator": start_flux_operator,
}
