"""Server names: under which folder of the object store a database's backups are.

`<namespace>-<app>-<platform era>-<database era>-pg<major>`: they follow from Git alone.
"""

import re
from typing import NamedTuple

from function.database_facts import DatabaseFacts
from function.effective_database import EffectiveDatabase
from function.place import Place

NUMBER = "[0-9]{1,18}"
"""People may write anything into a record. Python reads no number of thousands of digits."""


class ServerName(NamedTuple):
    """A server name of ours, taken apart."""

    stem: str
    """All but the major: the same through all upgrades of a database."""
    platform_era: int
    era: int
    """The database's era."""
    major: int

    def suffix(self) -> str:
        """What tells it from the app's other server names."""
        return f"{self.platform_era}-{self.era}-pg{self.major}"

    def of_major(self, major: int) -> str:
        """The same database's name under another major."""
        return f"{self.stem}-pg{major}"


def parsed(name: str | None) -> ServerName | None:
    """A server name, if it is one of ours."""
    parts = re.fullmatch(rf"(.+-({NUMBER})-({NUMBER}))-pg({NUMBER})", name or "")
    return ServerName(parts[1], int(parts[2]), int(parts[3]), int(parts[4])) if parts else None


def era_of(name: str | None) -> int | None:
    """The database's era in a server name of ours."""
    parts = parsed(name)
    return parts.era if parts else None


def stem_of(name: str | None) -> str | None:
    """A server name without its major; None where it isn't one of ours."""
    parts = parsed(name)
    return parts.stem if parts else None


def server_name_of(namespace: str, app: str, platform_era: int, era: int, major: int) -> str:
    """The server name of an app's backups, in the folder of its namespace."""
    return f"{namespace}-{app}-{platform_era}-{era}-pg{major}"


def server_name(place: Place, database: EffectiveDatabase, facts: DatabaseFacts) -> str | None:
    """The name under which this database's backups are made. None: nobody knows its major yet.

    It has the major that wrote the data, not the one of the image that is asked for. CloudNativePG stops
    the old major after the Cluster changed, and reads the Cluster for each WAL file. With the new name in
    the same edit the old major's last WAL would go to the new archive, where a restore of the old one
    misses it. After an upgrade that failed, the old archive would have a hole, and the next attempt would
    find WAL of another system in the new one, which nothing checks: only initdb and a recovery leave
    the mark that makes CloudNativePG look.
    """
    major = facts.version if facts.exists else database.version
    if major is None:
        return None
    recorded = parsed(facts.server_name) if facts.exists else None
    if recorded and recorded.era == database.era:
        return recorded.of_major(major)
    return server_name_of(place.namespace, place.name, place.platform.database.era, database.era, major)
