"""An app that the fleet deploys: its deploy repository, and what Flux says of each commit."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import yaml

from function.api.names import API_VERSION, CLAIM
from function.read import at, condition
from tests.flux.fleet import APPS, KUSTOMIZATION, SLOWLY, Fleet
from tests.flux.repository import Repository, create
from tests.live.story import NODEAPP, Story
from tests.plane.kubectl import Json, wait

OVERLAY = "overlays/dev"
STATES = f"/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/{APPS}/kustomizations"


@dataclass(slots=True)
class Verdicts:
    """What Flux said of a commit, from its push on: each status of Ready, and when it came to rest."""

    revision: str = ""
    statuses: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class App:
    """One app of the fleet, in a namespace of the same name."""

    fleet: Fleet
    repository: Repository
    name: str

    @property
    def story(self) -> Story:
        """The app in the cluster."""
        return Story(self.fleet.cluster, self.name, self.name)

    def nodeapp(self) -> Json:
        """The NodeApp; empty where there is none."""
        return self.fleet.see(NODEAPP, self.name, self.name)

    def write(self, spec: Json, *more: Json, namespace: bool = True) -> None:
        """Write the overlay: the NodeApp and other objects, moved into the app's namespace or not."""
        metadata = {"name": self.name} | ({} if namespace else {"namespace": self.name})
        own = {"apiVersion": API_VERSION, "kind": CLAIM, "metadata": metadata, "spec": spec}
        self.repository.write(f"{OVERLAY}/objects.yaml", yaml.safe_dump_all([own, *more]))
        self.overlay(["objects.yaml"], namespace=namespace)

    def overlay(
        self, resources: list[str], *, namespace: bool = True, common: Mapping[str, Mapping[str, str]] = {}
    ) -> None:
        """Write what the overlay consists of, and the annotations or labels that it adds to all of it."""
        content: Json = {"resources": resources} | ({"namespace": self.name} if namespace else {})
        content |= {f"common{part.capitalize()}": dict(values) for part, values in common.items()}
        self.repository.write(f"{OVERLAY}/kustomization.yaml", yaml.safe_dump(content))

    def push(self, message: str) -> str:
        """Push what is written, and make Flux look. Returns the revision."""
        revision = self.repository.push(message)
        self.fleet.poll(self.name)
        return revision

    def says(self, revision: str, *words: str) -> str:
        """Flux's message, once the revision is red and all these words are in it."""
        self.attempted(revision)
        return self.fleet.says(KUSTOMIZATION, self.name, *words)

    def attempted(self, revision: str) -> None:
        """Wait until Flux has tried a revision."""
        look = lambda: at(self.kustomization(), "status", "lastAttemptedRevision")  # noqa: E731  # A look is short.
        wait(look, lambda seen: seen == revision, SLOWLY)

    def green(self, revision: str) -> None:
        """Wait until Flux says that a revision is what runs."""
        wait(self.kustomization, lambda seen: is_green(seen, revision), SLOWLY)

    def kustomization(self) -> Json:
        """What Flux says."""
        return self.fleet.see(KUSTOMIZATION, self.name)

    @contextmanager
    def judged(self) -> Iterator[Verdicts]:
        """What Flux says during the block of the revision that the block sets."""
        with self.fleet.cluster.watching(STATES) as states:
            begun, verdicts = time.monotonic(), Verdicts()
            yield verdicts
            verdicts.seconds = time.monotonic() - begun
            for seen in states():
                attempted = at(seen, "status", "lastAttemptedRevision")
                if (seen["metadata"]["name"], attempted) == (self.name, verdicts.revision):
                    verdicts.statuses.append(str(condition(seen, "Ready").get("status")))


def is_green(kustomization: Json, revision: str) -> bool:
    """Whether a revision is what runs."""
    ready = condition(kustomization, "Ready").get("status") == "True"
    return ready and at(kustomization, "status", "lastAppliedRevision") == revision


def registered(fleet: Fleet, name: str, spec: Json) -> App:
    """A new app that the fleet deploys, once Flux has found it."""
    app = App(fleet, create(fleet.plane, f"{name}-deploy"), name)
    app.write(spec)
    app.repository.push("feat: begin")
    fleet.register(name, app.repository)
    fleet.poll("flux-system", "flux-system")
    wait(app.nodeapp, bool, SLOWLY)
    return app
