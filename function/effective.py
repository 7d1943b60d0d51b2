"""The spec in force: what was asked, with the profile, the platform and the holds in it.

Its types differ from those of `api`: what `resolve` decides is never None here, so no builder meets a
value that nobody decided. Every field is stated where a record is made, so none is forgotten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from function.api.backup import Restore
from function.api.platform import DeletionPolicy
from function.api.pooler import Pooler
from function.api.resources import Resources
from function.api.workload import Probes


@dataclass(frozen=True, slots=True)
class EffectiveWorkload:
    """A part with an image of its own."""

    image: str | None
    """None: none was ever given, so there are no pods yet."""
    replicas: int
    port: int
    resources: Resources
    env: Mapping[str, str]
    secrets: Sequence[str]
    config_maps: Sequence[str]
    secret_env: Mapping[str, str]
    """Variable → secret/key."""
    probes: Probes
    command: Sequence[str] | None
    args: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class EffectiveBackend:
    """The HTTP API."""

    workload: EffectiveWorkload
    path: str
    migrate: Sequence[str] | None
    metrics_port: int
    """The app's own port where no other is given."""


@dataclass(frozen=True, slots=True)
class EffectiveBackup:
    """Backups of the database."""

    enabled: bool
    """Whether there are to be any, where the platform has an object store."""
    schedule: str
    """Five fields of cron."""
    retention: str


@dataclass(frozen=True, slots=True)
class EffectiveDatabase:
    """The database."""

    name: str
    version: int | None
    """PostgreSQL major. None: the Cluster doesn't say what it runs."""
    instances: int
    storage: str
    storage_class: str | None
    """None: the cluster's default class."""
    resources: Resources
    parameters: Mapping[str, str]
    extensions: Sequence[str]
    backup: EffectiveBackup
    era: int
    restore: Restore | None
    """The backups that a database which doesn't exist yet is filled from."""
    pooler: Pooler | None
    hibernate: bool | None
    """None: nothing is stated, as somebody may have put it to sleep by hand."""
    deletion_policy: DeletionPolicy


@dataclass(frozen=True, slots=True)
class EffectiveIngress:
    """How the app is reached from outside."""

    hosts: Sequence[str]
    """The first is the one of the URL. Empty: no host is known."""
    tls: bool


@dataclass(frozen=True, slots=True)
class EffectiveSpec:
    """The whole app. None: that part isn't there."""

    frontend: EffectiveWorkload | None
    backend: EffectiveBackend | None
    database: EffectiveDatabase | None
    ingress: EffectiveIngress | None
    monitoring: bool
