"""The spec in force: what is asked, with the defaults and the holds applied.

Its types differ from those of `api`: a value that `resolve` decides is never None here. No field has a
default, so whoever makes a record can't forget one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from function.api.caller import Caller
from function.api.files import File
from function.api.resources import Resources
from function.api.scaling import Scaling
from function.api.workload import Probes
from function.effective_database import EffectiveDatabase


@dataclass(frozen=True, slots=True)
class EffectiveProcess:
    """A program that runs in a container."""

    image: str | None
    """None: none was ever given, so there are no pods. Of a worker or job: it has the backend's."""
    resources: Resources
    env: Mapping[str, str]
    secrets: Sequence[str]
    config_maps: Sequence[str]
    secret_env: Mapping[str, str]
    """Variable → secret/key."""
    files: Mapping[str, File]
    """By absolute path."""
    writable: Sequence[str]
    command: Sequence[str] | None
    args: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class EffectivePods(EffectiveProcess):
    """A program that runs all the time, such as a worker."""

    replicas: int | None
    """None: an autoscaler decides."""
    least: int
    """Fewest pods that are meant to run."""
    scaling: Scaling | None
    shutdown_seconds: int | None
    """None: the component's default."""


@dataclass(frozen=True, slots=True)
class EffectiveWorkload(EffectivePods):
    """A part with an image of its own, which listens on a port."""

    port: int
    probes: Probes
    cloud_role: bool


@dataclass(frozen=True, slots=True)
class EffectiveJob(EffectiveProcess):
    """A program that runs at fixed times."""

    schedule: str
    """Five fields of cron."""
    time_zone: str
    timeout: int
    """Seconds."""


@dataclass(frozen=True, slots=True)
class EffectiveBackend:
    """The HTTP API."""

    workload: EffectiveWorkload
    paths: Sequence[str]
    """Path prefixes that lead to it, on its own host or the app's."""
    migrate: Sequence[str] | None
    metrics_port: int
    """The app's port, unless another is given."""
    allow_from: Sequence[Caller]


@dataclass(frozen=True, slots=True)
class EffectiveIngress:
    """How the app is reached from outside."""

    hosts: Sequence[str]
    """The hosts that lead to the app as a whole. Empty: none is known."""
    backend_host: str | None
    """The backend's own host."""
    tls: bool
    timeout: str | None
    """None: not asked for, or the platform's controller can't be told."""
    max_body_size: str | None
    """The same."""
    annotations: Mapping[str, str]
    """The app's own annotations of the route."""

    def all_hosts(self) -> list[str]:
        """All hosts that lead here. The URL has the first one that is no wildcard."""
        return [*self.hosts, *([self.backend_host] if self.backend_host else [])]


@dataclass(frozen=True, slots=True)
class EffectiveSpec:
    """The whole app. None: the app has no such part."""

    frontend: EffectiveWorkload | None
    backend: EffectiveBackend | None
    workers: Mapping[str, EffectivePods]
    """By name."""
    jobs: Mapping[str, EffectiveJob]
    """By name."""
    database: EffectiveDatabase | None
    secrets: Sequence[str]
    """Names of Secrets that come from the platform's store."""
    ingress: EffectiveIngress | None
    monitoring: bool
