"""Keep a copy of all objects of a kind, by listing and watching."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from fleet_services.kubernetes import GoneError, Kubernetes, KubernetesError

LOG = logging.getLogger(__name__)
WAIT = 5.0
"""Seconds before a new try, if the API server can't be reached."""

Object = Mapping[str, Any]


class Copy:
    """The objects of a kind by namespace/name, as the API server had them last."""

    def __init__(self, kubernetes: Kubernetes, path: str, changed: Callable[[], None]) -> None:
        """Take the path of the list in Kubernetes' API, and what to call after each change."""
        self.kubernetes, self.path, self.changed = kubernetes, path, changed
        self.objects: dict[str, Object] = {}
        self.listed = threading.Event()
        """Set after the first list: before it, an object that isn't here may exist."""
        self.stop = threading.Event()

    def run(self) -> None:
        """List and watch until stopped."""
        while not self.stop.is_set():
            try:
                self.follow(self.list())
            except KubernetesError as error:
                LOG.warning("%s", error)
                self.stop.wait(WAIT)

    def list(self) -> str:
        """Read all objects. Returns the version of the list."""
        answer = self.kubernetes.get(self.path)
        self.objects = {key(each): each for each in answer["items"]}
        self.listed.set()
        self.changed()
        return str(answer["metadata"]["resourceVersion"])

    def follow(self, version: str) -> None:
        """Watch until stopped or until the version is too old. Raises KubernetesError."""
        while not self.stop.is_set():
            try:
                for kind, item in self.kubernetes.watch(self.path, version):
                    version = item["metadata"]["resourceVersion"]
                    self.take(kind, item)
                    if self.stop.is_set():
                        return
            except GoneError:
                return

    def take(self, kind: str, item: Object) -> None:
        """Take a change. A bookmark has only a version."""
        if kind == "BOOKMARK":
            return
        objects = {name: each for name, each in self.objects.items() if name != key(item)}
        self.objects = objects if kind == "DELETED" else objects | {key(item): item}
        self.changed()


def key(item: Object) -> str:
    """Namespace and name."""
    return f"{item['metadata']['namespace']}/{item['metadata']['name']}"
