"""Look at each deploy repository when something changed, and move its images."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge

from fleet_services.backoff import after
from fleet_services.github.client import GitHub
from fleet_services.github.errors import GitHubError
from fleet_services.github.files import File
from fleet_services.images.cluster import EVERYTHING, images, names, selected
from fleet_services.images.rule import message, moves, remembered
from fleet_services.kubernetes import Kubernetes, KubernetesError
from fleet_services.kustomizations import KUSTOMIZATIONS, attempt

LOG = logging.getLogger(__name__)
PERIOD = 15.0
"""Seconds between two looks at the cluster. GitHub is asked only if something changed there."""
REPEAT = 3600.0
"""Seconds after which GitHub is asked anyway: what it answered before may have been older than the commit."""
LONGEST_WAIT = 300.0
"""Seconds until a repository is tried again that failed several times."""
POLICIES = "/apis/image.toolkit.fluxcd.io/v1/namespaces/{namespace}/imagepolicies"
NOT_FOUND = 404

METRICS = CollectorRegistry()
MOVED = Counter("fleet_images_moved", "Images that were moved", registry=METRICS)
FAILED = Counter("fleet_images_failures", "Looks at a repository that failed", registry=METRICS)
KEPT = Gauge("fleet_images_kept", "Images that a person put there and that are left alone", registry=METRICS)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the fleet says about automation."""

    namespace: str
    """Namespace of Kustomizations and ImagePolicies."""
    environments: frozenset[str]
    """Environments whose images are moved."""
    frozen: Path
    """File with the names of apps that aren't touched, one in a line. * stands for all."""


@dataclass
class Seen:
    """When a repository was looked at."""

    policies: frozenset[str] = frozenset()
    """The policies in its file."""
    state: Any = None
    """The commit and the images of these policies then: if they are the same, there is nothing to do."""
    until: float = 0.0
    """When to look anyway."""
    failures: int = 0
    due: float = 0.0


class Images:
    """One cluster's automation. Used by one thread."""

    def __init__(
        self, github: GitHub, kubernetes: Kubernetes, settings: Settings, now: Callable[[], float]
    ) -> None:
        """Take what it reads and writes, and a clock in seconds."""
        self.github, self.kubernetes, self.settings, self.now = github, kubernetes, settings, now
        self.seen: dict[tuple[str, str], Seen] = {}
        self.kept: dict[tuple[str, str], dict[str, str]] = {}
        self.wrote: dict[tuple[str, str], dict[str, str]] = {}
        """What was put into each file: known here before GitHub lists the commit."""
        self.stopped = threading.Event()

    def run(self) -> None:
        """Look until stopped."""
        while not self.stopped.is_set():
            try:
                self.look()
            except KubernetesError as error:
                LOG.warning("%s", error)
            self.stopped.wait(PERIOD)

    def look(self) -> None:
        """Look at everything once. Raises KubernetesError."""
        frozen = names(self.settings.frozen)
        namespace = self.settings.namespace
        newest = selected(self.kubernetes.get(POLICIES.format(namespace=namespace))["items"], namespace)
        for each in self.kubernetes.get(KUSTOMIZATIONS.format(namespace=namespace))["items"]:
            found = attempt(each)
            if self.stopped.is_set():
                return
            if found is None or found.environment not in self.settings.environments:
                continue
            if not {found.nodeapp.rpartition("/")[2], EVERYTHING} & frozen:
                self.visit(found.repository, found.environment, found.commit, newest)
        KEPT.set(sum(map(len, self.kept.values())))

    def visit(self, repository: str, environment: str, commit: str, newest: Mapping[str, str]) -> None:
        """Look at a repository, if its branch or an image changed since the last time."""
        key = repository, environment
        seen = self.seen.setdefault(key, Seen())
        same = seen.state == (commit, images(newest, seen.policies)) and self.now() < seen.until
        if same or self.now() < seen.due:
            return
        try:
            file = File(self.github, repository, f"overlays/{environment}/images.yaml", "main")
            policies = self.move(file, environment, newest)
            self.seen[key] = Seen(policies, (commit, images(newest, policies)), self.now() + REPEAT)
        except GitHubError as error:
            # A 409 is a failure too: somebody else was first, or a rule of the branch refuses each write.
            FAILED.inc()
            LOG.warning("%s: %s", repository, error)
            wait = max(error.wait, after(seen.failures, PERIOD, LONGEST_WAIT))
            self.seen[key] = Seen(failures=seen.failures + 1, due=self.now() + wait)

    def move(self, file: File, environment: str, newest: Mapping[str, str]) -> frozenset[str]:
        """Move the images of one file. Returns its policies. Raises GitHubError."""
        key = file.repository, environment
        try:
            text, version = file.read()
        except GitHubError as error:
            if error.status != NOT_FOUND:
                raise
            next(file.messages(), None)  # Fails if it is the repository that can't be seen, and not the file.
            return frozenset()
        last = next(filter(None, map(remembered, file.messages())), {}) | self.wrote.get(key, {})
        result = moves(text, newest, last)
        if result.moved:
            file.write(result.text, version, message(environment, result.moved, last))
            self.wrote[key] = last | result.moved
            MOVED.inc(len(result.moved))
            LOG.info("%s: %s", file.repository, ", ".join(result.moved.values()))
        for policy, image in result.kept.items():
            if self.kept.get(key, {}).get(policy) != image:
                LOG.info("%s: %s stays at %s, which a person put there", file.repository, policy, image)
        self.kept[key] = result.kept
        return frozenset(result.policies)
