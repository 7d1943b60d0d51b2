"""CloudNativePG's instances: the status that it gives a Cluster."""

import json
from dataclasses import dataclass
from typing import Any

from tests.simulated.admission import major
from tests.simulated.cnpg_certificates import certificates
from tests.simulated.cnpg_phases import DELETING, HEALTHY, HIBERNATED, HIBERNATION, UNFIT, UPGRADING, WAKING
from tests.simulated.conditions import condition, get_condition
from tests.simulated.server_side_apply import Manifest

FENCED = "cnpg.io/fencedInstances"
"""The annotation with the names of instances in which PostgreSQL must not run, as JSON."""
ANEW = ("phaseReason", "resizingPVC", "readyInstances")
"""Fields of a status that aren't there where they are empty or 0: Go leaves them out."""


@dataclass(frozen=True)
class Instances:
    """The state of a Cluster's instances, of its WAL archive and of its backups, with a short repr."""

    phase: str = HEALTHY
    why: str = ""
    """The phase's reason."""
    down: int = 0
    """Instances that aren't ready; all of them where there are fewer."""
    upgrades: bool = True
    """Whether pg_upgrade succeeds. Where it doesn't the data stays what it was."""
    archiving: str = ""
    """Why WAL isn't archived."""
    backups: str = ""
    """Why backups fail."""
    growing: int = 0
    """Volumes that the storage is still resizing."""

    def __call__(self, cluster: Manifest) -> Manifest:
        """The Cluster as CloudNativePG leaves it."""
        resting = get_condition(cluster, HIBERNATION)
        asked = cluster["metadata"].get("annotations", {}).get(HIBERNATION) == "on"
        if not asked:
            return self.up(cluster, resting)
        status: Manifest = cluster.get("status", {})
        if resting is not None and resting["reason"] in (DELETING[1], HIBERNATED[1]):
            return cluster | {"status": asleep(cluster, HIBERNATED)}
        if status.get("phase") == self.phase == HEALTHY:
            return cluster | {"status": asleep(cluster, DELETING)}
        done = self.up(cluster, None)
        conditions = replaced(done["status"]["conditions"], condition(HIBERNATION, *UNFIT))
        return done | {"status": done["status"] | {"conditions": conditions}}

    def up(self, cluster: Manifest, resting: Manifest | None) -> Manifest:
        """Running, or on the way there. `resting`: the condition that says that it sleeps."""
        runs = taken_up(cluster, upgrades=self.upgrades)
        instances, status = cluster["spec"]["instances"], cluster.get("status", {})
        names = [f"{cluster['metadata']['name']}-{number}" for number in range(1, instances + 1)]
        running = [name for name in names if name not in fenced(cluster)]
        phase, ready = self.phase, max(0, len(running) - self.down)
        wrote = (status.get("pgDataImageInfo") or runs["pgDataImageInfo"])["majorVersion"]
        if (
            runs["image"] != runs["pgDataImageInfo"]["image"]
            or runs["pgDataImageInfo"]["majorVersion"] != wrote
        ):
            # Once pg_upgrade is done, the status says so before any instance starts again:
            # majorVersionUpgradeHandleCompletion in pkg/reconciler/majorupgrade.
            phase, ready = UPGRADING, 0
        elif phase == HEALTHY and (resting is not None or status.get("phase") == WAKING):
            ready = min(status.get("readyInstances", 0) + 1, instances)
            phase = HEALTHY if ready == instances else WAKING
        conditions = [c for c in status.get("conditions", []) if c["type"] != HIBERNATION]
        now = {
            **{key: item for key, item in status.items() if key not in ANEW},
            **runs,
            "certificates": status.get("certificates") or certificates(cluster),
            **({"resizingPVC": names[: self.growing]} if self.growing else {}),
            "phase": phase,
            "instances": instances,
            "instanceNames": names,
            "targetPrimary": names[0],
            "conditions": replaced(conditions, readiness(phase)),
        }
        if ready:
            now |= {"readyInstances": ready, "currentPrimary": names[0]}
        why = self.why if phase == self.phase else ""
        if phase == UPGRADING and not why:
            why = f"Upgrading cluster to major version {major(runs['image'])}"
        if why:
            now["phaseReason"] = why
        return cluster | {"status": now}


def fenced(cluster: Manifest) -> list[str]:
    """The names of the instances that are fenced."""
    names: list[str] = json.loads((cluster["metadata"].get("annotations") or {}).get(FENCED, "[]"))
    if "*" in names:
        return [f"{cluster['metadata']['name']}-{n}" for n in range(1, cluster["spec"]["instances"] + 1)]
    return names


def taken_up(cluster: Manifest, *, upgrades: bool) -> Manifest:
    """The image that runs and the one that wrote the data: of another major only once an upgrade is done."""
    stated = image(cluster)
    info = {"image": stated, "majorVersion": major(stated)}
    wrote = cluster.get("status", {}).get("pgDataImageInfo") or info
    moves = upgrades or info["majorVersion"] == wrote["majorVersion"]
    return {"image": stated, "pgDataImageInfo": info if moves else wrote}


def image(cluster: Manifest) -> str:
    """The image a Cluster states, itself or by its catalog."""
    spec = cluster["spec"]
    stated: str = spec.get("imageName") or f"catalog.test/postgresql:{spec['imageCatalogRef']['major']}.1"
    return stated


def asleep(cluster: Manifest, state: tuple[str, str, str]) -> Manifest:
    """The status in hibernation: no instance is ready, and phase and Ready still say that it is healthy."""
    status = {key: item for key, item in cluster["status"].items() if key != "readyInstances"}
    return status | {"conditions": replaced(status["conditions"], condition(HIBERNATION, *state))}


def readiness(phase: str) -> Manifest:
    """CloudNativePG's Ready condition follows from the phase alone."""
    if phase == HEALTHY:
        return condition("Ready", "True", "ClusterIsReady", "Cluster is Ready")
    return condition("Ready", "False", "ClusterIsNotReady", "Cluster Is Not Ready")


def replaced(conditions: list[Manifest], new: Manifest) -> list[Manifest]:
    """Conditions with one set, in an order that doesn't depend on when."""
    return sorted([*(c for c in conditions if c["type"] != new["type"]), new], key=lambda c: str(c["type"]))


def primary(cluster: Manifest) -> bool:
    """Whether a Cluster takes writes now."""
    status: dict[str, Any] = cluster.get("status", {})
    return bool(status.get("readyInstances")) and "currentPrimary" in status
