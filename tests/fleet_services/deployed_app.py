"""An app that Flux deploys to a played cluster, and what GitHub hears of its commits."""

import time
from collections.abc import Callable

from fleet_services.commit_status.service import NODEAPPS
from tests.fleet_services.flux import Flux
from tests.fleet_services.github import GitHub
from tests.fleet_services.kubernetes import Kubernetes
from tests.fleet_services.lives import DEV
from tests.simulator import World


class Cluster(Kubernetes):
    """A cluster with one app."""

    def __init__(self) -> None:
        """Make the app, which doesn't run yet."""
        super().__init__()
        self.world = World(DEV)
        self.flux = Flux()

    def show(self) -> None:
        """Let the API server have the NodeApp as it is."""
        self.put(NODEAPPS, self.world.claim)

    def commit(self, commit: str, spec: dict[str, object]) -> None:
        """Flux applies a commit and waits."""
        self.flux.begins().put(self)
        self.flux.attempts(commit).put(self)
        self.world.ask(spec)
        self.show()
        self.flux.applied().put(self)

    def settle(self) -> None:
        """Crossplane is done, and Flux sees it."""
        self.world.settle()
        self.show()
        (self.flux.healthy() if self.world.ready else self.flux.unhealthy()).put(self)


def wait(what: Callable[[], bool]) -> None:
    """Until it is so, for ten seconds at most."""
    end = time.monotonic() + 10
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def last(github: GitHub, commit: str, state: str) -> str:
    """Wait for a state, and return what it says."""
    wait(lambda: bool(github.statuses[commit]) and github.said(commit)[-1][1] == state)
    return github.said(commit)[-1][2]
