"""Why a Cluster isn't ready."""

from typing import Any

from function.app import Object
from function.components.database.keys import HIBERNATION
from function.facts import RecoverySource
from function.read import at, condition, number, text


def cluster_problem(source: RecoverySource | None, cluster: Object, *, hibernate: bool) -> str:
    """Why a Cluster isn't as asked; empty if it is. `source`: the backups that it is recovered from.

    Its condition Ready stays True in hibernation, so ready instances are counted too.
    """
    if at(cluster, "metadata", "annotations", HIBERNATION) == "on":
        return sleeping(cluster, asked=hibernate)
    status, want = at(cluster, "status"), number(cluster, "spec", "instances")
    if not (phase := text(status, "phase")):
        return "CloudNativePG hasn't taken it up yet"
    if condition(cluster, "Ready").get("status") != "True":
        return f"phase '{phase}'{because(status)}{recovering(source, cluster)}"
    if (ready := number(status, "readyInstances")) < want:
        return f"{ready} of {want} instances ready"
    if ready > want:
        return f"{ready} instances still run, {want} are asked for"
    stated, running = text(cluster, "spec", "imageName"), text(status, "pgDataImageInfo", "image")
    return f"runs {running}, and not yet {stated}" if stated and running and stated != running else ""


def sleeping(cluster: Object, *, asked: bool) -> str:
    """Why a hibernated Cluster isn't as asked: it still runs, or nobody asked for the hibernation."""
    if not asked:
        return f"hibernated by hand; annotate the Cluster with {HIBERNATION}: off to wake it"
    hibernation = condition(cluster, HIBERNATION)
    if hibernation.get("status") == "True":
        return ""
    return f"going to sleep: {text(hibernation, 'message') or 'not begun'}"


def because(status: Any) -> str:
    """CloudNativePG's reason for a phase."""
    reason = text(status, "phaseReason")
    return f": {reason}" if reason else ""


def recovering(source: RecoverySource | None, cluster: Object) -> str:
    """A hint for a recovery that takes long. Only the pods of its job say what is wrong."""
    if source is None or condition(cluster, "Initialized").get("status") == "True":
        return ""
    if number(cluster, "status", "readyInstances"):
        return ""
    return (
        f"; it is recovered from {source.server_name}, which needs backups there, made by the PostgreSQL "
        "major that database.version names"
    )
