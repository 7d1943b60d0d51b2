"""Why a Cluster isn't ready."""

from typing import Any

from function.app import Object
from function.components.database.keys import FENCED, HIBERNATION, LOOP
from function.components.database.storage import full, growing
from function.components.database.volume import has_started
from function.database_facts import RecoverySource
from function.read import at, condition, items, number, text
from function.report import PROGRESSING, Problem

UPGRADING = "Upgrading Postgres major version"
"""The phase of a major upgrade. It stays if the upgrade fails: pkg/reconciler/majorupgrade, release 1.30."""
UNRECOVERABLE = "Cluster is unrecoverable and needs manual intervention"
"""The phase of a Cluster whose volumes are gone, or one of whose jobs failed for good."""
FIRST_PRIMARY = "Setting up primary"
CREATING = (FIRST_PRIMARY, "Creating a new replica")
"""The phases of a Cluster that gets instances: api/v1/cluster_types.go, release 1.30.

Each instance has a reason of its own, and raises the count of those that are ready, all within seconds.
Each report is written, and Crossplane then calls the function twice more. So only the phase is told.
"""


def cluster_problem(
    source: RecoverySource | None, storage: str, most: str, remedy: str, cluster: Object, *, hibernate: bool
) -> str | Problem | None:
    """Why a Cluster isn't as asked; empty if it is.

    `source`: the backups that it is recovered from. `storage`: the size that is asked for.
    `most`: the platform's limit of that. `remedy`: how a database without volumes is made anew.
    Its condition Ready stays True in hibernation, so ready instances are counted too.
    """
    if at(cluster, "metadata", "annotations", HIBERNATION) == "on":
        return left_alone(cluster, sleeping(cluster, asked=hibernate))
    return (
        fenced(cluster)
        or full(cluster, storage, most)
        or without_volumes(cluster, remedy)
        or new(cluster)
        or left_alone(cluster, running(source, cluster))
        or growing(cluster)
    )


def without_volumes(cluster: Object, remedy: str) -> str:
    """That all volumes of a Cluster are gone, which CloudNativePG doesn't replace by empty ones.

    The phase alone doesn't say so: a job that fails has it too, beside a primary that serves. The instances'
    names are those of volumes: EnrichStatus in pkg/reconciler/persistentvolumeclaim, release 1.30.
    """
    status = at(cluster, "status")
    if text(status, "phase") != UNRECOVERABLE or items(status, "instanceNames") or not has_started(cluster):
        return ""
    return f"its volumes are gone, and with them all data that isn't in backups{remedy}"


def left_alone(cluster: Object, problem: str) -> str:
    """A problem that stays because somebody told CloudNativePG to do nothing; empty if there is none."""
    if not problem or text(cluster, "metadata", "annotations", LOOP) != "disabled":
        return problem
    return f"{problem}; CloudNativePG does nothing, as told by the Cluster's annotation {LOOP}: remove it"


def new(cluster: Object) -> Problem | None:
    """That CloudNativePG hasn't said anything yet. Each new Cluster is like that for a moment."""
    if text(cluster, "status", "phase"):
        return None
    return Problem(PROGRESSING, left_alone(cluster, "CloudNativePG hasn't taken it up yet"))


def running(source: RecoverySource | None, cluster: Object) -> str:
    """Why a Cluster doesn't run as asked."""
    status, want = at(cluster, "status"), number(cluster, "spec", "instances")
    phase = text(status, "phase")
    if condition(cluster, "Ready").get("status") != "True":
        reason = "" if phase in CREATING else because(status)
        return f"phase '{phase}'{reason}{recovering(source, cluster)}{upgrading(cluster)}"
    if (ready := number(status, "readyInstances")) < want:
        return f"{ready} of {want} instances ready"
    if ready > want:
        return f"{ready} instances still run, {want} are asked for"
    stated, image = text(cluster, "spec", "imageName"), text(status, "pgDataImageInfo", "image")
    return f"runs {image}, and not yet {stated}" if stated and image and stated != image else ""


def fenced(cluster: Object) -> str:
    """Instances that are fenced by hand, so that they don't run PostgreSQL. An empty list fences none."""
    annotation = text(cluster, "metadata", "annotations", FENCED)
    if annotation is None or annotation.split() == ["[]"]:
        return ""
    return (
        f"fenced by hand: {annotation}; remove the annotation {FENCED} from the Cluster to let PostgreSQL run"
    )


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
    """A hint for a recovery that takes long. Only the pods of its job say what is wrong.

    It ends with the first primary. CloudNativePG's condition Initialized says nothing about that: it is True
    as soon as the first volume is there, before anything is recovered into it.
    """
    if source is None or has_started(cluster):
        return ""
    return (
        f"; it is recovered from {source.server_name}, which needs backups there, made by the PostgreSQL "
        "major that database.version names"
    )


def upgrading(cluster: Object) -> str:
    """How a major upgrade that failed is taken back. Only its Job says that it failed, not the Cluster."""
    status = at(cluster, "status")
    stated, image = text(cluster, "spec", "imageName"), text(status, "pgDataImageInfo", "image")
    if text(status, "phase") != UPGRADING or image == stated:
        return ""
    major = number(status, "pgDataImageInfo", "majorVersion")
    job = f"{text(status, 'currentPrimary')}-major-upgrade"
    return f"; if the Job {job} failed, database.version: {major} brings the database back"
