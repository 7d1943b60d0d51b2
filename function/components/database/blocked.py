"""Why a Cluster must not be composed now, or must not pass for the one that it replaced."""

from function.app import PROGRESSING, App, Condition
from function.components.database.api import Database
from function.components.database.client import COMPONENT
from function.components.database.kept import LOSS, Kept
from function.components.database.origin import origin, recovers

CONDITION = "DatabaseReady"


def blocked(app: App, database: Database, kept: Kept) -> Condition | None:
    """Why the Cluster must not be composed now."""
    name = app.named(COMPONENT)
    match kept.where:
        case "unanswered":
            reason, message = "LookingUp", f"looks for an existing Cluster {name} first"
        case "leaving":
            reason, message = PROGRESSING, f"waits until the former Cluster {name} is gone"
        case "foreign":
            reason = "Conflict"
            message = (
                f"Cluster {name} belongs to something else; remove it there, or give this app another name"
            )
        case "absent" if lost(app, database, kept):
            reason = "Lost"
            message = (
                f"Cluster {name} (uid {kept.uid}) is gone though deletionPolicy is Retain, and no empty one "
                f"is made in its place; {recovery(app, database)}to accept the loss, annotate the NodeApp "
                f"with {LOSS}: {kept.uid}"
            )
        case "absent" if origin(app) and app.platform.database.object_store is None:
            reason = "NoObjectStore"
            message = (
                "database.restore needs the Platform's database.objectStore, and no empty database is made"
            )
        case _:
            return None
    return Condition(CONDITION, ok=False, reason=reason, message=message)


def lost(app: App, database: Database, kept: Kept) -> bool:
    """Whether a Cluster is gone whose data had to be retained, and nobody has said what to do."""
    retained = kept.policy == database.deletion_policy == "Retain"
    return kept.uid is not None and retained and not kept.loss_accepted and not recovers(app)


def recovery(app: App, database: Database) -> str:
    """How a lost database is recovered, where there may be backups."""
    if app.platform.database.object_store is None:
        return ""
    return f"to recover it from backups, set database.era: {database.era + 1} and database.restore: {{}}; "


def replaced(app: App, kept: Kept) -> Condition | None:
    """What is wrong with a Cluster that took the place of another: it came up without its data.

    Crossplane makes it where it applies what it was told before the other one was deleted.
    """
    if kept.replaces is None:
        return None
    message = (
        f"Cluster {app.named(COMPONENT)} (uid {kept.uid}) was made anew, without the data of the one before "
        f"it; to accept the loss, annotate the NodeApp with {LOSS}: {kept.replaces}"
    )
    return Condition(CONDITION, ok=False, reason="Replaced", message=message)
