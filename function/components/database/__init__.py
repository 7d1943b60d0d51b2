"""PostgreSQL, run by CloudNativePG. No other package knows CloudNativePG."""

from function.components.database.backup.objects import BACKUP
from function.components.database.client import client, serves
from function.components.database.cluster import podmonitor
from function.components.database.component import DATABASE
from function.components.database.keys import COMPONENT
from function.components.database.lifecycle import READY

__all__ = [
    "BACKUP",
    "COMPONENT",
    "DATABASE",
    "READY",
    "client",
    "podmonitor",
    "serves",
]
