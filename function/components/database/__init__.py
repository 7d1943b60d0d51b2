"""PostgreSQL, run by CloudNativePG. No other package knows CloudNativePG."""

from function.components.database.backup.objects import BACKUP
from function.components.database.backup.wanted import enabled as backed_up
from function.components.database.client import NEVER_RAN, client, serves
from function.components.database.cluster import podmonitor
from function.components.database.component import DATABASE
from function.components.database.keys import CLUSTER_USAGE, COMPONENT
from function.components.database.lifecycle import READY
from function.components.database.mistake import mistakes

__all__ = [
    "BACKUP",
    "CLUSTER_USAGE",
    "COMPONENT",
    "DATABASE",
    "NEVER_RAN",
    "READY",
    "backed_up",
    "client",
    "mistakes",
    "podmonitor",
    "serves",
]
