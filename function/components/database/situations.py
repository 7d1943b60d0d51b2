"""What the rows of the lifecycle ask: the situation that a database is in."""

from function.app import App
from function.components.database.mistake import mistakes
from function.components.database.recovery import recovers, recovery_source
from function.components.database.requested import requested


def always(*_: object) -> bool:
    """In every case."""
    return True


def lost(app: App) -> bool:
    """A Cluster with data to retain is gone, and nobody has decided what to do."""
    database, facts = app.spec.database, app.facts.database
    retained = database is not None and facts.policy == database.deletion_policy == "Retain"
    return facts.uid is not None and retained and not facts.loss_accepted and not recovers(app)


def lost_but_for_volumes(app: App) -> bool:
    """The same, but its volumes are left: a new Cluster takes them, even one that is to be recovered."""
    return app.facts.database.volume_left and lost(app)


def lacks_object_store(app: App) -> bool:
    """A database is to be recovered, but the platform has no object store."""
    return recovery_source(app) is not None and app.platform.database.object_store is None


def lacks_plugin(app: App) -> bool:
    """A database is to be recovered, but the cluster has no ObjectStores, which name the backups."""
    return recovery_source(app) is not None and app.facts.backup.missing


def lacks_operator(app: App) -> bool:
    """The cluster doesn't have CloudNativePG."""
    return app.facts.database.api.missing


def lacks_version(app: App) -> bool:
    """A database is to be recovered, and neither Git nor the record says which major made its backups."""
    written = requested(app).version or app.facts.database.version
    return recovery_source(app) is not None and written is None


def replaced(app: App) -> bool:
    """The Cluster replaced another one, and has none of its data.

    Crossplane creates it if it applies a response from before the other one was deleted.
    """
    return app.facts.database.replaces is not None


def volume_leaves(app: App) -> bool:
    """The volume of a deleted Cluster isn't gone yet."""
    return app.facts.database.volume_leaving


def mistaken(app: App) -> bool:
    """The Cluster has no data, and was made with what is asked for no more."""
    return bool(mistakes(app))


def mistaken_but_protected(app: App) -> bool:
    """The same, and a Usage forbids to delete it. That goes first, as Crossplane deletes in any order."""
    return app.facts.database.protected and mistaken(app)
