"""Follow NodeApps and Kustomizations, and report what they say."""

import logging
import threading

from fleet_services.commit_status.before import ended
from fleet_services.commit_status.entry import Place
from fleet_services.commit_status.follow import Copy
from fleet_services.commit_status.reporter import Reporter
from fleet_services.commit_status.verdict import left, superseded, verdict
from fleet_services.kubernetes import Kubernetes, KubernetesError
from fleet_services.kustomizations import KUSTOMIZATIONS, Attempt, attempt

LOG = logging.getLogger(__name__)
TOGETHER = 0.2
"""Seconds in which changes are collected, since one reconcile changes an object several times."""
NODEAPPS = "/apis/platform.io/v1/nodeapps"


class CommitStatus:
    """One cluster's reports."""

    def __init__(self, kubernetes: Kubernetes, reporter: Reporter, cluster: str, namespace: str) -> None:
        """Take the cluster's name in the status, and the namespace of the Kustomizations."""
        self.kubernetes, self.reporter = kubernetes, reporter
        self.cluster, self.namespace = cluster, namespace
        self.change = threading.Event()
        self.stopped = threading.Event()
        self.nodeapps = Copy(kubernetes, NODEAPPS, self.change.set)
        self.kustomizations = Copy(kubernetes, KUSTOMIZATIONS.format(namespace=namespace), self.change.set)
        self.attempted: dict[str, Place] = {}
        """Kustomization → the status of its last attempt."""

    def run(self) -> None:
        """Report until stopped."""
        copies = (self.nodeapps, self.kustomizations)
        threads = [threading.Thread(target=copy.run, daemon=True, name=copy.path) for copy in copies]
        for thread in threads:
            thread.start()
        for copy in copies:
            while not copy.listed.wait(0.2) and not self.stopped.is_set():
                pass
        self.catch_up()
        wait = 0.0
        while not self.stopped.is_set():
            self.change.wait(wait)
            self.stopped.wait(TOGETHER)
            self.change.clear()
            ended = not all(thread.is_alive() for thread in threads)
            if ended and not self.stopped.is_set():  # A stop ends them, too.
                message = "a watch ended, so nothing new would be seen"
                raise RuntimeError(message)  # The pod starts again.
            self.look()
            wait = self.reporter.send()

    def look(self) -> None:
        """Compare each Kustomization with its NodeApp."""
        nodeapps, kustomizations = self.nodeapps.objects, self.kustomizations.objects
        for name, kustomization in kustomizations.items():
            if found := attempt(kustomization):
                place = self.place(found)
                before = self.attempted.get(name, place)
                if before.commit != place.commit:
                    self.reporter.end(before, superseded(place.commit))
                elif before.context != place.context:
                    self.reporter.end(before, left())
                self.attempted[name] = place
                if said := verdict(kustomization, nodeapps.get(found.nodeapp)):
                    self.reporter.want(place, said)
        for name in self.attempted.keys() - kustomizations.keys():
            self.reporter.end(self.attempted.pop(name), left())

    def catch_up(self) -> None:
        """End waits of commits that got their verdict, or were superseded, while no service ran."""
        try:
            for found, said in ended(self.kubernetes, self.namespace, self.kustomizations.objects):
                self.reporter.end(self.place(found), said)
        except KubernetesError as error:
            LOG.warning("statuses from before the start may stay pending: %s", error)

    def place(self, found: Attempt) -> Place:
        """The status of an attempt."""
        return Place(found.repository, found.commit, f"nodeapp/{self.cluster}/{found.environment}")

    def stop(self) -> None:
        """End. What isn't posted yet is found again by the next start."""
        self.stopped.set()
        for copy in (self.nodeapps, self.kustomizations):
            copy.stop.set()
        self.change.set()
