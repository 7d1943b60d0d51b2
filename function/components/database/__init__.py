"""PostgreSQL by CloudNativePG. The only package that knows it."""

from function.components.database.api import Database
from function.components.database.blocked import CONDITION
from function.components.database.build import build, remembered
from function.components.database.client import client
from function.components.database.cluster import podmonitor
from function.components.database.hold import resolve
from function.components.database.kept import Kept
from function.components.database.observed import read
from function.components.database.origin import problems
from function.components.database.waiting import hibernates, serves

__all__ = [
    "CONDITION",
    "Database",
    "Kept",
    "build",
    "client",
    "hibernates",
    "podmonitor",
    "problems",
    "read",
    "remembered",
    "resolve",
    "serves",
]
