"""Which backups a new database is recovered from, and the server names of backups."""

import re

from function.api.backup import Restore
from function.api.nodeapp import Spec
from function.app import App
from function.effective import EffectiveDatabase
from function.facts import DatabaseFacts, RecoverySource
from function.place import Place


def server_name_of(namespace: str, app: str, platform_era: int, era: int) -> str:
    """The server name of an app's backups, in the folder of its namespace. It follows from Git alone."""
    return f"{namespace}-{app}-{platform_era}-{era}"


def server_name(place: Place, database: EffectiveDatabase, facts: DatabaseFacts) -> str:
    """The server name of this database's backups. Once it exists, only another era changes the name."""
    if facts.exists and facts.server_name and era_of(facts.server_name) == database.era:
        return facts.server_name
    return server_name_of(place.namespace, place.name, place.platform.database.era, database.era)


def era_of(name: str | None) -> int | None:
    """The database's era in a server name of ours."""
    eras = re.search(r"-([0-9]+)-([0-9]+)$", name or "")
    return int(eras[2]) if eras else None


def recovery_source(app: App) -> RecoverySource | None:
    """The backups that the database was or will be recovered from; None: it is made empty.

    The platform's `recover` wins over a `restore` that is still in Git: that one made the database which is
    now lost.
    """
    facts, database, platform = app.facts.database, app.spec.database, app.platform.database
    if database is None or facts.exists:
        return facts.recovered_from
    if platform.recover and platform.object_store and database.backup.enabled:
        before = server_name_of(app.namespace, app.name, platform.era - 1, database.era)
        return RecoverySource(before, app.namespace)
    return of_restore(app, database, database.restore) if database.restore else None


def of_restore(app: App, database: EffectiveDatabase, restore: Restore) -> RecoverySource:
    """The backups that `restore` means. Those of a lost database keep their recorded server name."""
    namespace, name, era = meant(app, database.era, restore)
    of_this_app = (namespace, name) == (app.namespace, app.name)
    recorded = app.facts.database.server_name if of_this_app else None
    if recorded is None or era_of(recorded) != era:
        recorded = server_name_of(namespace, name, app.platform.database.era, era)
    return RecoverySource(recorded, namespace, restore.time)


def meant(place: Place, own_era: int, restore: Restore) -> tuple[str, str, int]:
    """Namespace, app and era of the backups that `restore` means, beside a database of `own_era`."""
    namespace, app = restore.namespace or place.namespace, restore.app or place.name
    of_this_app = (namespace, app) == (place.namespace, place.name)
    return namespace, app, restore.era or (own_era - 1 if of_this_app else 1)


def as_json(restore: Restore | None) -> str | None:
    """`restore` as it is asked, for the record."""
    return restore.model_dump_json(by_alias=True, exclude_unset=True) if restore else None


def recovers(app: App) -> bool:
    """Whether a new Cluster would be filled from backups, and have another server name than the lost one."""
    database, facts = app.spec.database, app.facts.database
    if database is None or recovery_source(app) is None:
        return False
    return server_name(app, database, facts) != facts.server_name


def problems(place: Place, asked: Spec, facts: DatabaseFacts) -> list[str]:  # noqa: ARG001  # One signature for all.
    """Why a database can't be restored as asked, as sentences."""
    database, platform = asked.database, place.platform.database
    if database is None or database.restore is None:
        return []
    restore, messages = database.restore, []
    namespace, app, era = meant(place, database.era, restore)
    if platform.object_store is None:
        messages.append(
            "spec.database.restore: the Platform names no database.objectStore, so there are no backups"
        )
    if namespace != place.namespace and namespace not in platform.restore_from:
        allowed = ", ".join(platform.restore_from) or "none"
        messages.append(
            f"spec.database.restore.namespace: the platform lets nobody restore from {namespace}; "
            f"besides the app's own it allows: {allowed}"
        )
    if (namespace, app) == (place.namespace, place.name) and era in (0, database.era):
        messages.append(
            "spec.database.era: must differ from the era of the backups to restore, because new backups "
            f"would get the same name; raise it to {database.era + 1}"
        )
    return messages
