"""Defaults of one environment, as the platform engineer writes them. What is left out is built in."""

from typing import Annotated

from pydantic import Field

from function.api.fields import Storage
from function.api.model import Model
from function.api.platform.database import DeletionPolicy


class BackupProfile(Model):
    """What backups a database gets that doesn't say."""

    enabled: bool | None = None
    """Whether databases are backed up, where the platform has an object store."""


class DatabaseProfile(Model):
    """What a database gets that doesn't say."""

    instances: Annotated[int, Field(ge=1, le=9)] | None = None
    """PostgreSQL instances: one primary, the others replicas."""
    storage: Storage | None = None
    """Size of each instance's volume, such as 20Gi."""
    backup: BackupProfile = BackupProfile()
    """Backups of databases."""
    deletion_policy: DeletionPolicy | None = None
    """Whether deleting a NodeApp may delete its database."""


class Profile(Model):
    """Defaults of one environment. A field's name here is its name in the NodeApp."""

    replicas: Annotated[int, Field(ge=0, le=100)] | None = None
    """Pods of each part."""
    database: DatabaseProfile = DatabaseProfile()
    """Defaults of databases."""
