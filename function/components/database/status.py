"""What is reported of a database: its condition and its status."""

from collections.abc import Sequence

from function.api.reasons import Reason
from function.api.status import DatabaseStatus, Status
from function.app import App, Observed
from function.components.database.backup.condition import times
from function.components.database.client import PORT, host, secret
from function.components.database.health import CREATING, FIRST_PRIMARY
from function.components.database.keys import CLUSTER
from function.components.database.lifecycle import READY
from function.components.database.requested import requested
from function.database_facts import DatabaseFacts
from function.effective_database import EffectiveDatabase
from function.read import at, number, text
from function.report import Condition, Event, Report, Why


def constant_status(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> DatabaseStatus:
    """The fields of the database's status that the memo may keep."""
    # What has no data can't be lost, and has no backups. Recorded, its successor would count as replaced.
    keeps_record = (facts.exists or facts.policy == "Retain") and not facts.empty
    return DatabaseStatus(
        host=host(app),
        port=PORT,
        name=database.name,
        secret=secret(app),
        storage=database.storage,
        version=facts.version or database.version,
        instances=database.instances,
        uid=facts.replaces or (facts.uid if keeps_record else None),
        server_name=None if facts.empty else facts.server_name,
        era=max(facts.era, requested(app).era if facts.exists else 0) or None,
        deletion_policy=database.deletion_policy,
    )


def current_status(server_name: str | None, observed: Observed) -> DatabaseStatus:
    """The fields that the Cluster and its backups tell."""
    status = at(observed.composed.get(CLUSTER), "status")
    phase = text(status, "phase")
    return DatabaseStatus(
        phase=phase,
        image=text(status, "image"),
        ready=None if phase in CREATING else number(status, "readyInstances"),
        primary=None if phase == FIRST_PRIMARY else text(status, "currentPrimary"),
        backup=times(server_name, observed),
    )


def report(
    constant: DatabaseStatus,
    of_lifecycle: Condition | None,
    good: Reason,
    events: Sequence[Event],
    observed: Observed,
    why: Why,
) -> Report:
    """DatabaseReady and the database's status. `good`: the reason while the condition is True."""
    status = Status(database=constant.joined(current_status(constant.server_name, observed)))
    return Report([of_lifecycle or READY.of_objects(why, good)], status, events)
