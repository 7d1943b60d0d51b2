"""Defaults by environment."""

from typing import Annotated

from pydantic import Field

from function.fields import Storage
from function.model import BY_PROFILE, Model
from function.platform.database import DeletionPolicy


class BackupProfile(Model):
    """What backups a database gets that doesn't say."""

    enabled: bool = BY_PROFILE
    """Whether databases are backed up, where the platform has an object store."""


class DatabaseProfile(Model):
    """What a database gets that doesn't say."""

    instances: Annotated[int, Field(ge=1, le=9)] = BY_PROFILE
    """PostgreSQL instances: one primary, the others replicas."""
    storage: Storage = BY_PROFILE
    """Size of each instance's volume, such as 20Gi."""
    backup: BackupProfile = BackupProfile()
    """Backups of databases."""
    deletion_policy: DeletionPolicy = BY_PROFILE
    """Whether deleting a NodeApp may delete its database."""

    def overlay(self, base: "DatabaseProfile") -> "DatabaseProfile":
        """This, with what it leaves out taken from another profile."""
        return self.over(base).model_copy(update={"backup": self.backup.over(base.backup)})


class Profile(Model):
    """Defaults of one environment. A field's name here is its name in the NodeApp."""

    replicas: Annotated[int, Field(ge=0, le=100)] = BY_PROFILE
    """Pods of each part."""
    database: DatabaseProfile = DatabaseProfile()
    """Defaults of databases."""

    def overlay(self, base: "Profile") -> "Profile":
        """This, with what it leaves out taken from another profile."""
        return self.over(base).model_copy(update={"database": self.database.overlay(base.database)})


PROFILES = {
    "dev": Profile(
        replicas=1,
        database=DatabaseProfile(
            instances=1, storage="5Gi", backup=BackupProfile(enabled=False), deletion_policy="Delete"
        ),
    ),
    "prod": Profile(
        replicas=2,
        database=DatabaseProfile(
            instances=3, storage="20Gi", backup=BackupProfile(enabled=True), deletion_policy="Retain"
        ),
    ),
}
"""The built-in profiles. They never change with a release: that would change companies' apps."""
