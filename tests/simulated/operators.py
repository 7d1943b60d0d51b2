"""The operators of a cluster, as far as they write status. A test chooses which state each is in."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.simulated.api_server import ApiServer, Ref
from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import SETTING_UP, SWITCHOVER
from tests.simulated.conditions import condition
from tests.simulated.gateways import taken
from tests.simulated.server_side_apply import Manifest

Operator = Callable[[Manifest], Manifest]
"""An object as its operator leaves it."""
IN_USE = "crossplane.io/in-use"
FINISHED = condition("Progressing", "True", "NewReplicaSetAvailable", "ReplicaSet has progressed.")
RUNNING = condition("Progressing", "True", "ReplicaSetUpdated", "ReplicaSet is progressing.")


@dataclass(frozen=True)
class Rollout:
    """The state of a Deployment's rollout."""

    available: int | None = None
    """Replicas of the newest template that serve, while older ones go on; None: all there should be."""
    late: str = ""
    """Why they don't come up in time."""

    def __call__(self, deployment: Manifest) -> Manifest:
        """The Deployment with the status of this rollout."""
        replicas = deployment["spec"]["replicas"]
        updated = replicas if self.available is None else min(self.available, replicas)
        progress = FINISHED if self.available is None else RUNNING
        if self.late:
            progress = condition("Progressing", "False", "ProgressDeadlineExceeded", self.late)
        available = condition("Available", "True" if updated >= replicas else "False", "MinimumReplicas")
        counts = {"replicas": replicas, "updatedReplicas": updated, "readyReplicas": updated}
        status = {
            "observedGeneration": deployment["metadata"]["generation"],
            **{key: count for key, count in (counts | {"availableReplicas": updated}).items() if count},
            "conditions": [available, progress],
        }
        return deployment | {"status": status}


@dataclass(frozen=True)
class Runs:
    """The runs of a CronJob, as its controller writes them."""

    began: str | None = None
    """When the last one was to begin."""
    succeeded: str | None = None
    """When one last succeeded."""
    active: bool = False
    """Whether one is under way."""

    def __call__(self, cron_job: Manifest) -> Manifest:
        """The CronJob with the status of these runs."""
        times = {"lastScheduleTime": self.began, "lastSuccessfulTime": self.succeeded}
        active = [{"kind": "Job", "name": f"{cron_job['metadata']['name']}-1"}] if self.active else None
        status = {key: value for key, value in {**times, "active": active}.items() if value}
        return cron_job | {"status": status}


@dataclass(frozen=True)
class Asleep:
    """An operator that doesn't reconcile."""

    def __call__(self, manifest: Manifest) -> Manifest:
        """The object, unchanged."""
        return manifest


asleep = Asleep()
rolled_out = Rollout()
healthy = Instances()
setting_up = Instances(SETTING_UP, down=9)
switching_over = Instances(SWITCHOVER, down=1)
failing_upgrade = Instances(upgrades=False)


def rolling_out(available: int) -> Operator:
    """So many replicas of the newest template serve; the older ones go on."""
    return Rollout(available)


def stuck(message: str) -> Operator:
    """No replica of the newest template comes up in time."""
    return Rollout(0, message)


@dataclass(frozen=True)
class Synced:
    """What External Secrets Operator made of an ExternalSecret."""

    failed: str = ""
    """Why it couldn't."""

    def __call__(self, external_secret: Manifest) -> Manifest:
        """The ExternalSecret with the status that the operator writes."""
        if self.failed:
            before = external_secret.get("status", {})
            ready = condition("Ready", "False", "SecretSyncedError", self.failed)
            return external_secret | {"status": before | {"conditions": [ready]}}
        ready = condition("Ready", "True", "SecretSynced", "secret synced")
        version = f"{external_secret['metadata']['generation']}-0a1b2c3d4e5f"
        return external_secret | {"status": {"conditions": [ready], "syncedResourceVersion": version}}


USUAL: dict[str, tuple[str, Operator]] = {
    "Deployment": ("kube-controller-manager", rolled_out),
    "HTTPRoute": ("gateway-controller", taken),
    "ExternalSecret": ("external-secrets", Synced()),
}
"""Kind → the manager that writes its status, and its usual state."""


def operate(server: ApiServer, ref: Ref, operator: Operator | None = None) -> None:
    """Let an object's operator reconcile it."""
    manager, usual = USUAL.get(ref.kind, ("manager", asleep))
    server.update(ref, manager, operator or usual, "status")


def protect(server: ApiServer) -> None:
    """Label what a Usage protects, as Crossplane does, so that its webhook is asked."""
    used = server.used()
    for ref, manifest in list(server.objects.items()):
        labels = manifest["metadata"].get("labels", {})
        inherited = ref.kind.startswith("X")  # An XR has its claim's labels, whatever protects it itself.
        if (ref in used) != (IN_USE in labels) and (ref in used or not inherited):
            left = {key: value for key, value in labels.items() if key != IN_USE}
            server.update(ref, "crossplane", with_labels(left | ({IN_USE: "true"} if ref in used else {})))


def with_labels(labels: Manifest) -> Operator:
    """An object with other labels."""
    return lambda manifest: manifest | {"metadata": manifest["metadata"] | {"labels": labels}}
