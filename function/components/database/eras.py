"""Under which name the backups of a database go: one that is found from Git alone."""

import re

from function.app import Place
from function.components.database.api import Database
from function.components.database.kept import Kept


def server(namespace: str, app: str, platform_era: int, era: int) -> str:
    """The server name of an app's backups, in the folder of its namespace."""
    return f"{namespace}-{app}-{platform_era}-{era}"


def server_name(place: Place, database: Database, kept: Kept) -> str:
    """The name under which this database's backups go. Once there is one, only another era changes it."""
    if kept.exists and kept.server and era_of(kept.server) == database.era:
        return kept.server
    return server(place.namespace, place.name, place.platform.database.era, database.era)


def era_of(name: str | None) -> int | None:
    """The database's era in a server name of ours."""
    found = re.search(r"-([0-9]+)-([0-9]+)$", name or "")
    return int(found[2]) if found else None


def hold_era(asked: Database, kept: Kept) -> tuple[int, list[str]]:
    """An archive keeps its name once it holds this database's backups; until then its era may rise.

    So a database gets out of an archive that is another's, and that it can't write to. One that took the
    place of a lost one doesn't, until that loss is accepted: another era would pass it for a recovered one.
    """
    now = era_of(kept.server) if kept.exists else None
    if now is None or asked.era == now:
        return asked.era, []
    if asked.era > now and not kept.archived and not kept.replaces:
        return asked.era, []
    held = f"database.era: kept {now}, its backups are under {kept.server}"
    return now, [held] if "era" in asked.model_fields_set else []
