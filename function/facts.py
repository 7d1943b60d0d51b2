"""Facts: what exists and decides what is desired. They are hashable, as part of the memo's key."""

from dataclasses import dataclass

from function.api_facts import UNKNOWN, ApiFacts
from function.database_facts import DatabaseFacts


@dataclass(frozen=True, slots=True)
class ReplicaFacts:
    """Who decides how many pods a Deployment has."""

    count: int = 0
    """Pods that it asks for now."""
    autoscaled: bool = False
    """Whether an autoscaler set that number after we did."""
    has_own_autoscaler: bool = False
    """Whether we composed an autoscaler."""


@dataclass(frozen=True, slots=True)
class WorkloadFacts:
    """Facts of a workload, read from its Deployment."""

    composed: bool
    """Whether the Deployment is in this XR's resourceRefs."""
    image: str | None
    replicas: ReplicaFacts = ReplicaFacts()
    slept: bool = False
    """Whether it was scaled to 0 because its database hibernates."""
    first_ca: str | None = None
    """Expiry of the database's CA that its first pods started with, from the Deployment's annotation."""
    renewed_ca: str | None = None
    """Expiry of the renewed CA that its pods were last replaced for. None: they never were."""


@dataclass(frozen=True, slots=True)
class JobFacts:
    """Facts of a job, read from its CronJob."""

    image: str | None = None
    """None: it has none yet that it may run."""
    slept: bool = False
    """Whether it was suspended because its database hibernates."""


@dataclass(frozen=True, slots=True)
class JobsFacts:
    """Facts of all jobs."""

    known: tuple[tuple[str, JobFacts], ...] = ()
    """By name, sorted."""
    serving: str | None = None
    """The image that all pods of the backend run, so its migration succeeded. None during a rollout."""


@dataclass(frozen=True, slots=True)
class NamespaceFacts:
    """Facts of the app's Namespace, if the Platform has it looked up."""

    answered: bool = False
    """Whether it was looked up and exists."""
    team: str | None = None
    """The team that its label names."""


@dataclass(frozen=True, slots=True)
class SecretsFacts:
    """Facts of the ExternalSecrets for the Secrets that an app names, by their names, sorted."""

    composed: tuple[str, ...] = ()
    """The app's own."""
    answered: tuple[str, ...] = ()
    """Those that were looked up."""
    others: tuple[str, ...] = ()
    """Of these, the ones that exist already as another app's, or were made by hand."""
    api: ApiFacts = UNKNOWN
    """Of External Secrets Operator."""


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """Facts of the app's routes, of routes of other apps for the same hosts, and of the Gateway."""

    served: tuple[str, ...] = ()
    """Hosts of the app's routes, as they exist."""
    owned: tuple[str, ...] = ()
    """Those that are known to be this app's: nobody had them before."""
    answered: tuple[str, ...] = ()
    """Requirements for routes of hosts that were answered."""
    taken: tuple[tuple[str, str], ...] = ()
    """Mark of a host, and namespace/name of the NodeApp that had it first."""
    has_ingress: bool = False
    """Whether the app has an Ingress."""
    moved: bool = False
    """Whether HTTPRoutes of the app serve all that its Ingress serves."""
    parent: tuple[str, str, str] | None = None
    """Namespace, name and listener (or an empty text) of the Gateway that the app's HTTPRoutes refer to."""
    https: bool | None = None
    """Whether the listener that serves the app is reached by https. None: it isn't known."""
    api: ApiFacts = UNKNOWN
    """Of Gateway API."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of every component that has some, by the component's name."""

    database: DatabaseFacts
    secrets: SecretsFacts
    backend: WorkloadFacts
    frontend: WorkloadFacts
    workers: tuple[tuple[str, WorkloadFacts], ...]
    """By name, sorted."""
    jobs: JobsFacts
    ingress: RouteFacts
    backup: ApiFacts
    """Of barman-cloud's plugin."""
    monitoring: ApiFacts
    """Of the Prometheus operator."""
    namespace: NamespaceFacts
