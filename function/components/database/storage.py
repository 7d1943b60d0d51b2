"""The size of the volumes: what is asked, what is a slip, and what to do when they are full."""

import json
from decimal import Decimal

from function.api.database import Database
from function.api.quantity import QUANTITY, is_quantity, size
from function.app import App, Object
from function.components.database.keys import DISK_FULL
from function.components.database.requested import requested
from function.components.policy import above
from function.database_facts import DatabaseFacts
from function.place import Place
from function.read import at, items, text
from function.report import PROGRESSING, Problem

SLIP = 10
"""How many times larger a volume may become at once: 20Ti for 20Gi is a slip, and can't be taken back."""


def wanted(place: Place, asked: Database, facts: DatabaseFacts) -> str:
    """The size that is asked for, whatever exists."""
    return asked.storage or (facts.storage if facts.adopted else None) or place.defaults.database.storage


def present(facts: DatabaseFacts) -> str | None:
    """The size that the volumes have; None where there are none, or it can't be read."""
    return facts.storage if facts.exists and facts.storage and is_quantity(facts.storage) else None


def is_slip(now: str | None, want: str) -> bool:
    """Whether a volume would become so much larger that it must be a slip."""
    return now is not None and size(want) > SLIP * size(now)


def problems(place: Place, asked: Database, facts: DatabaseFacts) -> list[str]:
    """Why the size is refused that is asked for: it is a slip, or above the platform's limit.

    A size that the volumes have already is refused in no case: no edit could lower it.
    """
    if asked.storage is None or is_there(asked, facts):
        return []
    return slips(place, asked.storage, facts) or above_limit(place, asked)


def slips(place: Place, want: str, facts: DatabaseFacts) -> list[str]:
    """A size that is a slip. Where the platform's limit is in reach, that is told instead."""
    now = present(facts)
    if facts.empty or now is None or not is_slip(now, want):
        return []
    between = in_between(place, now)
    why = f"{want} is more than ten times the {now} that the volumes have, and they never shrink"
    remedy = f"if it is meant, ask for a size in between first, such as {between}"
    return [] if between == place.platform.limits.storage else [f"spec.database.storage: {why}; {remedy}"]


def in_between(place: Place, now: str) -> str:
    """The largest size that volumes may become at once."""
    most, largest = place.platform.limits.storage, times(now, SLIP)
    return most if size(most) < size(largest) else largest


def above_limit(place: Place, asked: Database) -> list[str]:
    """A size that is above the platform's limit."""
    return list(above(place, "database.storage", "storage", asked.storage))


def tolerated(place: Place, asked: Database, facts: DatabaseFacts) -> list[str]:
    """The size that the volumes have already, where it is above the platform's limit."""
    sentences = above_limit(place, asked) if is_there(asked, facts) else []
    return [f"{each}; volumes never shrink, so they stay as large" for each in sentences]


def is_there(asked: Database, facts: DatabaseFacts) -> bool:
    """Whether the volumes have the size already that is asked for."""
    now = None if facts.empty else present(facts)
    return bool(now and asked.storage and size(asked.storage) <= size(now))


def kept(app: App, in_force: str) -> list[str]:
    """Why the volumes are larger than the default, though nobody asks for more: an earlier commit did.

    A commit that raised the size and was reverted looks like this.
    """
    asked, default = requested(app), wanted(app, requested(app), app.facts.database)
    if asked.storage or present(app.facts.database) is None or size(in_force) <= size(default):
        return []
    return [f"database.storage: kept {in_force}, a volume can't shrink to the default of {default}"]


def times(quantity: str, factor: int) -> str:
    """A multiple of a quantity, in the same unit."""
    match = QUANTITY.fullmatch(quantity)
    return f"{(Decimal(match[1]) * factor).normalize():f}{quantity[match.end(1) :]}" if match else quantity


def growing(cluster: Object) -> Problem | None:
    """Why volumes aren't as large as asked. They grow by themselves."""
    count = len(items(cluster, "status", "resizingPVC"))
    if not count:
        return None
    return Problem(PROGRESSING, f"{count} volume{'s' if count > 1 else ''} still growing")


def full(cluster: Object, want: str, most: str) -> Problem | None:
    """DiskFull, with the remedy. `want`: the size that is asked for. `most`: the platform's limit.

    CloudNativePG returns before it grows volumes (ensureNoFailoverOnFullDisk in cluster_controller.go, 1.30).
    It looks for room where the WAL is. Clusters that others made may have volumes of their own for that.
    """
    if text(cluster, "status", "phase") != DISK_FULL:
        return None
    for_wal = size_in(at(cluster, "spec", "walStorage"))
    now = for_wal or size_in(at(cluster, "spec", "storage")) or want
    raised = for_wal is None and size(now) < size(want) and not is_slip(now, want)
    target = want if raised else times(now, 2)
    after = f"database.storage: {target} takes effect" if raised else f"commit database.storage: {target}"
    if size(target) > size(most):
        after += f", once the platform team has raised the Platform's limits.storage of {most}"
    if for_wal:
        after = f"set spec.walStorage.size of the Cluster to {target}, which no NodeApp states"
    why = "the volumes are full, and CloudNativePG doesn't grow them before there is room"
    command = grow_by_hand(cluster, target, "-wal" if for_wal else "")
    return Problem("DiskFull", f"{why}; run {command}, then {after}")


def grow_by_hand(cluster: Object, target: str, suffix: str) -> str:
    """The command that grows the volumes: CloudNativePG names them after their instances."""
    patch = json.dumps({"spec": {"resources": {"requests": {"storage": target}}}}, separators=(",", ":"))
    volumes = " ".join(f"{name}{suffix}" for name in items(cluster, "status", "instanceNames"))
    return f"kubectl patch pvc -n {text(cluster, 'metadata', 'namespace')} {volumes} -p '{patch}'"


def size_in(storage: object) -> str | None:
    """The size that a part of a Cluster's spec gives its volumes, or None."""
    stated = text(storage, "size") or text(storage, "pvcTemplate", "resources", "requests", "storage")
    return stated if stated and is_quantity(stated) else None
