"""`profiles` of a Platform: defaults of one environment. A field that is left out stays built in."""

from function.api.fields import Replicas
from function.api.model import Model
from function.api.platform.database import DeletionPolicy, Instances
from function.api.quantity import Storage


class BackupProfile(Model):
    """Defaults of backups."""

    enabled: bool | None = None
    """Whether databases are backed up, where the platform has an object store."""


class DatabaseProfile(Model):
    """Defaults of databases."""

    instances: Instances | None = None
    """PostgreSQL instances: one primary, the others replicas."""
    storage: Storage | None = None
    """Size of each instance's volume, such as 20Gi."""
    backup: BackupProfile = BackupProfile()
    """Backups of databases."""
    deletion_policy: DeletionPolicy | None = None
    """Whether deleting a NodeApp may delete its database."""


class Profile(Model):
    """Defaults of one environment. A field's name here is its name in the NodeApp."""

    replicas: Replicas | None = None
    """Pods of each part."""
    disruption_budget: bool | None = None
    """Whether parts with two or more pods have a PodDisruptionBudget: a drain evicts one pod at a time."""
    database: DatabaseProfile = DatabaseProfile()
    """Defaults of databases."""
