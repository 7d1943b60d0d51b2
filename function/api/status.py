"""The status of a NodeApp: the components' slices side by side. Crossplane adds the conditions."""

from typing import Annotated, Any, Self

from pydantic import WithJsonSchema

from function.api.model import Model

Verbatim = Annotated[
    dict[str, Any], WithJsonSchema({"type": "object", "x-kubernetes-preserve-unknown-fields": True})
]
"""Part of a spec, as written. It has no schema of its own: it may be what no schema allows."""


class StatusModel(Model):
    """Base of the status: what is None isn't in the object."""

    def joined(self, other: Self) -> Self:
        """This, with the fields that another one states."""
        return self.model_copy(update={name: getattr(other, name) for name in other.model_fields_set})

    def dump(self) -> dict[str, Any]:
        """As the object has it."""
        return self.model_dump(by_alias=True, exclude_none=True)


class PlatformStatus(StatusModel):
    """The platform engineer's settings in force."""

    name: str | None = None
    """Name of the Platform object."""


class WorkloadStatus(StatusModel):
    """Pods of a part."""

    image: str | None = None
    """Image that serves alone; absent while a rollout is under way."""
    replicas: int | None = None
    """Pods there are."""
    available: int | None = None
    """Pods that serve."""


class BackupStatus(StatusModel):
    """What there is to restore from."""

    last_successful: str | None = None
    """When the last base backup was complete."""
    first_recoverable: str | None = None
    """From when on the database can be restored to any moment."""


class DatabaseStatus(StatusModel):
    """PostgreSQL, as it runs."""

    phase: str | None = None
    """CloudNativePG's own word for what it is doing."""
    version: int | None = None
    """PostgreSQL major."""
    image: str | None = None
    """Image of the instances."""
    instances: int | None = None
    """Instances there should be."""
    ready: int | None = None
    """Instances that are ready."""
    primary: str | None = None
    """Pod that takes writes."""
    host: str | None = None
    """Where it answers, within the cluster."""
    port: int | None = None
    """Port on that host."""
    name: str | None = None
    """Name of the database."""
    secret: str | None = None
    """Secret with the owner's credentials; its key uri is what the backend finds in DATABASE_URL."""
    storage: str | None = None
    """Size of each instance's volume."""
    uid: str | None = None
    """Of the Cluster that holds the data. While it is on record, no other one is made in its place."""
    server_name: str | None = None
    """Name under which its backups go."""
    era: int | None = None
    """Highest era that was asked for while the database existed. Once it is lost, only a higher one lets
    `restore` fill its place."""
    backup: BackupStatus | None = None
    """What there is to restore from."""
    deletion_policy: str | None = None
    """Deletion policy in force."""


class Status(StatusModel):
    """What there is of what was asked for."""

    message: str | None = None
    """The first thing that is wrong or held, in one line; empty when all is well."""
    ready: bool | None = None
    """Whether what is asked is what runs. Written together with accepted, which Crossplane's Ready isn't."""
    url: str | None = None
    """Where the app is reached."""
    accepted: Verbatim | None = None
    """The spec in force, as it was written."""
    refused: Verbatim | None = None
    """The spec that was refused, as it was written; absent otherwise."""
    platform: PlatformStatus | None = None
    """The platform engineer's settings in force."""
    frontend: WorkloadStatus | None = None
    """The frontend's pods."""
    backend: WorkloadStatus | None = None
    """The backend's pods."""
    database: DatabaseStatus | None = None
    """The database, as it runs."""
