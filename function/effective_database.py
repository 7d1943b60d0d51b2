"""The database that is in force. Like all of `effective`, it has no field with a default."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from function.api.backup import Restore
from function.api.caller import Caller
from function.api.locale import Locale
from function.api.platform import DeletionPolicy
from function.api.pooler import Pooler
from function.api.resources import Resources


@dataclass(frozen=True, slots=True)
class EffectiveBackup:
    """Backups of the database."""

    enabled: bool
    """Whether backups are wanted. The platform may still lack an object store."""
    schedule: str
    """Five fields of cron."""
    retention: str


@dataclass(frozen=True, slots=True)
class EffectiveDatabase:
    """The database."""

    name: str
    version: int | None
    """PostgreSQL major. None: the Cluster doesn't show what it runs."""
    instances: int
    storage: str
    storage_class: str | None
    """None: the cluster's default class."""
    resources: Resources
    parameters: Mapping[str, str]
    extensions: Sequence[str]
    locale: Locale | None
    """That a new database is made with. None: CloudNativePG's, which is C."""
    backup: EffectiveBackup
    era: int
    restore: Restore | None
    """The backups that a new database is filled from."""
    pooler: Pooler | None
    allow_from: Sequence[Caller]
    hibernate: bool | None
    """None: not written. Then a hibernation by hand is left alone."""
    deletion_policy: DeletionPolicy
