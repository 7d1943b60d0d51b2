"""PostgreSQL by CloudNativePG. The only package that knows it."""

from function.components.database.api import Database
from function.components.database.build import CONDITION, build, remembered
from function.components.database.client import client
from function.components.database.cluster import podmonitor
from function.components.database.hold import resolve
from function.components.database.kept import Kept, read

__all__ = ["CONDITION", "Database", "Kept", "build", "client", "podmonitor", "read", "remembered", "resolve"]
