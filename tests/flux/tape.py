"""What happened, in order and with times: what Flux and the NodeApp said, and what GitHub was told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fleet_services.kubernetes import Kubernetes, KubernetesError
from tests.flux.app import STATES
from tests.flux.github_host import Post
from tests.flux.services import Services
from tests.plane.kubectl import Json

NODEAPPS = "/apis/platform.io/v1/nodeapps"
KEPT: dict[str, tuple[str, ...]] = {
    "metadata": ("name", "namespace", "generation", "annotations"),
    "status": ("lastAttemptedRevision", "lastAppliedRevision", "inventory"),
}
"""What the services read of a Kustomization, besides its condition Ready."""


@dataclass
class Tape:
    """A recording in the making. Times are seconds since it began."""

    services: Services
    begun: float = field(default_factory=time.monotonic)
    states: list[Json] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def follow(self, kubernetes: Kubernetes, path: str, kind: str, name: str) -> None:
        """Write down each state of one object, until the process ends."""
        while True:
            try:
                version = kubernetes.get(path)["metadata"]["resourceVersion"]
                for _, each in kubernetes.watch(path, str(version)):
                    if each["metadata"].get("name") == name:
                        self.write(kind, dict(each))
            except KubernetesError:
                return

    def write(self, kind: str, state: Json) -> None:
        """Write down a state, without what nobody reads."""
        with self.lock:
            self.states.append({"at": self.now(), kind: reduced(kind, state)})

    def now(self, when: float | None = None) -> float:
        """Seconds since the beginning, in tenths."""
        return round((time.monotonic() if when is None else when) - self.begun, 1)

    def events(self) -> list[Json]:
        """All that happened, in order."""
        told = [each for each in self.services.host.posts if each.when >= self.begun]
        posts: list[Json] = [{"at": self.now(each.when), "post": shown(each)} for each in told]
        return sorted([*self.states, *posts], key=lambda each: float(each["at"]))

    def save(self, file: Path, **more: Any) -> None:
        """Write the recording."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({**more, "events": self.events()}, indent=1, ensure_ascii=False) + "\n")


def reduced(kind: str, state: Json) -> Json:
    """An object without what the services don't read."""
    metadata = {key: value for key, value in state["metadata"].items() if key in KEPT["metadata"]}
    if kind == "nodeapp":
        metadata.pop("annotations", None)
        return {"metadata": metadata, "spec": state["spec"], "status": undated(state.get("status", {}))}
    status = {key: value for key, value in state.get("status", {}).items() if key in KEPT["status"]}
    ready = [each for each in state.get("status", {}).get("conditions", []) if each["type"] == "Ready"]
    return {"metadata": metadata, "status": status | {"conditions": undated(ready)}}


def undated(value: Any) -> Any:
    """A status without the times of its conditions: they differ in each run."""
    if isinstance(value, dict):
        return {key: undated(inner) for key, inner in value.items() if key != "lastTransitionTime"}
    return [undated(inner) for inner in value] if isinstance(value, list) else value


def shown(post: Post) -> Json:
    """A status that GitHub took."""
    return {
        "commit": post.commit,
        "context": post.context,
        "state": post.state,
        "description": post.description,
    }


@contextmanager
def recording(services: Services, name: str, account: Path) -> Iterator[Tape]:
    """Record the app of a name during the block. The folder is for the credentials that it is read with."""
    plane, tape = services.fleet.plane, Tape(services)
    account.mkdir()
    (account / "token").write_text(plane.tokens["admin"])
    (account / "ca.crt").write_text((plane.certificates("kube-apiserver") / "ca.crt").read_text())
    kubernetes = Kubernetes(plane.url, account)
    for path, kind in ((STATES, "kustomization"), (NODEAPPS, "nodeapp")):
        threading.Thread(target=tape.follow, args=(kubernetes, path, kind, name), daemon=True).start()
    yield tape
