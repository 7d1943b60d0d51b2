"""The operators of a cluster, as they write status. Which one plays what is a test's choice."""

from collections.abc import Callable
from typing import Any

from tests.simulated.admission import major
from tests.simulated.conditions import condition
from tests.simulated.fields import Manifest
from tests.simulated.server import Ref, Server

Operator = Callable[[Manifest], Manifest]
"""An object as its operator leaves it."""
IN_USE = "crossplane.io/in-use"
HEALTHY = "Cluster in healthy state"
FINISHED = condition("Progressing", "True", "NewReplicaSetAvailable", "ReplicaSet has progressed.")
RUNNING = condition("Progressing", "True", "ReplicaSetUpdated", "ReplicaSet is progressing.")


def rolled_out(deployment: Manifest) -> Manifest:
    """Every replica runs the newest template."""
    return pods(deployment, deployment["spec"]["replicas"], [FINISHED])


def rolling_out(available: int) -> Operator:
    """So many replicas of the newest template serve; the older ones go on."""
    return lambda deployment: pods(deployment, available, [RUNNING])


def stuck(message: str) -> Operator:
    """No replica of the newest template comes up in time."""
    late = condition("Progressing", "False", "ProgressDeadlineExceeded", message)
    return lambda deployment: pods(deployment, 0, [late])


def asleep(manifest: Manifest) -> Manifest:
    """The operator doesn't notice."""
    return manifest


def pods(deployment: Manifest, updated: int, told: list[Manifest]) -> Manifest:
    """A Deployment with so many replicas of the newest template."""
    replicas = deployment["spec"]["replicas"]
    available = condition("Available", "True" if updated >= replicas else "False", "MinimumReplicas")
    counts = {"replicas": replicas, "updatedReplicas": updated, "readyReplicas": updated}
    status = {
        "observedGeneration": deployment["metadata"]["generation"],
        **{key: count for key, count in (counts | {"availableReplicas": updated}).items() if count},
        "conditions": [available, *told],
    }
    return deployment | {"status": status}


def healthy(cluster: Manifest) -> Manifest:
    """All instances run what the Cluster states, upgraded if need be."""
    return postgres(cluster, HEALTHY, cluster["spec"]["instances"], runs=image(cluster))


def setting_up(cluster: Manifest) -> Manifest:
    """The first instance is being made."""
    return postgres(cluster, "Setting up primary", 0, runs=image(cluster), primary=False)


def switching_over(cluster: Manifest) -> Manifest:
    """Another instance takes over."""
    return postgres(cluster, "Switchover in progress", max(cluster["spec"]["instances"] - 1, 0))


def failing_upgrade(cluster: Manifest) -> Manifest:
    """pg_upgrade fails, and the data stays what it was."""
    return postgres(cluster, "Upgrading Postgres major version", 0)


def image(cluster: Manifest) -> str:
    """The image a Cluster states, itself or by its catalog."""
    spec = cluster["spec"]
    stated: str = spec.get("imageName") or f"catalog.test/postgresql:{spec['imageCatalogRef']['major']}.1"
    return stated


def postgres(
    cluster: Manifest, phase: str, ready: int, *, runs: str | None = None, primary: bool = True
) -> Manifest:
    """A Cluster in a phase. `runs`: the image whose major the data has from now on."""
    before: dict[str, Any] = cluster.get("status", {})
    name, instances = cluster["metadata"]["name"], cluster["spec"]["instances"]
    good = phase == HEALTHY
    status = before | {
        "phase": phase,
        "instances": instances,
        "readyInstances": ready,
        "image": image(cluster),
        "conditions": [
            condition(
                "Ready",
                "True" if good else "False",
                "ClusterIsReady" if good else "ClusterIsNotReady",
                "Cluster is Ready" if good else "Cluster Is Not Ready",
            )
        ],
    }
    if runs:
        status["pgDataImageInfo"] = {"image": runs, "majorVersion": major(runs)}
    if primary:
        status["currentPrimary"] = status["targetPrimary"] = f"{name}-1"
    return cluster | {"status": status}


DEFAULTS: dict[str, tuple[str, Operator]] = {
    "Deployment": ("kube-controller-manager", rolled_out),
    "Cluster": ("manager", healthy),
}
"""Kind → who keeps it, and what they do on a good day."""


def operate(server: Server, ref: Ref, operator: Operator | None = None) -> None:
    """Let an object's operator look at it."""
    if ref.kind in DEFAULTS:
        manager, usual = DEFAULTS[ref.kind]
        server.update(ref, manager, operator or usual, "status")


def protect(server: Server) -> None:
    """Label what a Usage protects, as Crossplane does, so that its webhook is asked."""
    for ref, manifest in list(server.objects.items()):
        labels = manifest["metadata"].get("labels", {})
        used = any(True for _ in server.usages(ref))
        inherited = ref.kind.startswith("X")  # An XR has its claim's labels, whatever protects it itself.
        if used != (IN_USE in labels) and (used or not inherited):
            left = {key: value for key, value in labels.items() if key != IN_USE}
            server.update(ref, "crossplane", with_labels(left | ({IN_USE: "true"} if used else {})))


def with_labels(labels: Manifest) -> Operator:
    """An object with other labels."""
    return lambda manifest: manifest | {"metadata": manifest["metadata"] | {"labels": labels}}
