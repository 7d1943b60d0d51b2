"""The status of a NodeApp: the components' slices side by side. Crossplane adds the conditions."""

from typing import Annotated, Any, Self

from pydantic import WithJsonSchema

from function.api.model import Model

Verbatim = Annotated[
    dict[str, Any], WithJsonSchema({"type": "object", "x-kubernetes-preserve-unknown-fields": True})
]
"""A spec as it was written. It has no schema of its own, because a refused spec may match none."""


class StatusModel(Model):
    """Base of the status models, in which None isn't written."""

    def joined(self, other: Self) -> Self:
        """This status, with the fields that another one sets."""
        return self.model_copy(update={name: getattr(other, name) for name in other.model_fields_set})

    def dump(self) -> dict[str, Any]:
        """The status as a dict, by the names in the object."""
        return self.model_dump(by_alias=True, exclude_none=True)


class PlatformStatus(StatusModel):
    """The platform engineer's settings in force."""

    name: str | None = None
    """Name of the Platform object."""


class WorkloadStatus(StatusModel):
    """Pods of a part."""

    image: str | None = None
    """Image that all pods run; absent during a rollout."""
    replicas: int | None = None
    """Pods that are wanted."""
    available: int | None = None
    """Pods that are available, of any version; at most as many as are wanted."""


class JobStatus(StatusModel):
    """Runs of a job."""

    last_scheduled: str | None = None
    """When the last run was to begin."""
    last_successful: str | None = None
    """When a run last succeeded."""
    failed: bool | None = None
    """Whether the last run failed, with the job as it is now."""
    ran: str | None = None
    """Mark of the job as it was when the last run began: after an edit an older failure doesn't count."""


class BackupStatus(StatusModel):
    """Backups that the database can be restored from."""

    last_successful: str | None = None
    """When the last base backup was complete."""
    first_recoverable: str | None = None
    """Earliest moment that the database can be restored to."""


class DatabaseStatus(StatusModel):
    """The database that runs."""

    phase: str | None = None
    """CloudNativePG's phase of the Cluster."""
    version: int | None = None
    """PostgreSQL major."""
    image: str | None = None
    """Image of the instances."""
    instances: int | None = None
    """Instances that are wanted."""
    ready: int | None = None
    """Instances that are ready; absent while CloudNativePG creates one."""
    primary: str | None = None
    """Pod that takes writes; absent until it has been set up."""
    host: str | None = None
    """Host name within the cluster."""
    port: int | None = None
    """Port on that host."""
    name: str | None = None
    """Name of the database."""
    secret: str | None = None
    """Secret with the owner's credentials. Its key uri has the value of the backend's DATABASE_URL."""
    storage: str | None = None
    """Size of each instance's volume."""
    uid: str | None = None
    """uid of the Cluster that holds the data. While it is recorded, no other Cluster is created in its
    place."""
    server_name: str | None = None
    """Server name of its backups in the object store."""
    era: int | None = None
    """Highest era that was asked for while the database existed. Once it is lost, only a higher one lets
    `restore` fill its place."""
    backup: BackupStatus | None = None
    """Backups that the database can be restored from."""
    deletion_policy: str | None = None
    """Deletion policy in force."""


class Status(StatusModel):
    """The state of the app."""

    message: str | None = None
    """The first thing that is wrong or held, in one line; empty when all is well."""
    ready: bool | None = None
    """Whether the app runs as asked. It is written together with accepted; the condition Ready isn't."""
    url: str | None = None
    """Address of the app."""
    accepted: Verbatim | None = None
    """The spec in force, as it was written."""
    refused: Verbatim | None = None
    """The spec that was refused, as it was written; absent otherwise, and where it is too large."""
    platform: PlatformStatus | None = None
    """The platform engineer's settings in force."""
    function_level: int | None = None
    """Level of the function that composed the app. A function of a lower level changes nothing."""
    frontend: WorkloadStatus | None = None
    """The frontend's pods."""
    backend: WorkloadStatus | None = None
    """The backend's pods."""
    workers: dict[str, WorkloadStatus] | None = None
    """The workers' pods, by name."""
    jobs: dict[str, JobStatus] | None = None
    """The jobs' runs, by name."""
    database: DatabaseStatus | None = None
    """The database that runs."""
