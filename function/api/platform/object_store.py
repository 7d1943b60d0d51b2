"""`database.objectStore` of a Platform: the configuration of barman-cloud's ObjectStore."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema

from function.api.json_values import unfit
from function.api.model import Model, matches

LEVEL = 5
"""How deep a field of the object store is within a Platform: spec, database and objectStore are above it."""


def fit(given: dict[str, Any]) -> dict[str, Any]:
    """The map. Raises ValueError if Crossplane can't carry it: it has no schema that would refuse it."""
    for where, sentence in unfit(given, LEVEL):
        msg = f"{'.'.join(map(str, where))} {sentence}".lstrip()
        raise ValueError(msg)
    return given


AsIs = Annotated[
    dict[str, Any],
    AfterValidator(fit),
    WithJsonSchema({"type": "object", "x-kubernetes-preserve-unknown-fields": True}),
]
"""A map that the plugin alone knows."""


def secret_names(value: Any) -> set[str]:
    """The Secrets that a part of an object store's configuration refers to, as {name, key}."""
    if not isinstance(value, dict):
        return set()
    own = {value["name"]} if isinstance(value.get("name"), str) and "key" in value else set()
    return own.union(*map(secret_names, value.values()))


Address = Annotated[
    str,
    Field(max_length=1024),
    matches(r"https?://[^\s/]\S*", "must begin with https:// or http://, such as https://minio.acme.dev"),
]


class ObjectStore(Model):
    """An object store for backups."""

    # Its keys are those of ObjectStore.spec.configuration in plugin-barman-cloud 0.15, but for serverName,
    # which follows from the app.

    destination_path: Annotated[
        str,
        Field(max_length=1024),
        matches(r"[a-z][a-z0-9+]*://[^\s]+", "must be where backups go, such as s3://backups/production"),
    ]
    """Where backups go, such as s3://backups/production. Each namespace gets a folder in it. A new
    path is a new, empty archive: a database can be restored from it after its next base backup."""
    endpoint_url: Annotated[Address | None, Field(alias="endpointURL")] = None
    """Address of the store, such as https://minio.acme.dev, where it isn't the provider's own."""
    endpoint_ca: Annotated[AsIs | None, Field(alias="endpointCA")] = None
    """Name and key of a Secret, in each app's namespace, with the CA of that address."""
    s3_credentials: AsIs | None = None
    """Credentials for S3: inheritFromIAMRole: true, or keys of a Secret in each app's namespace."""
    azure_credentials: AsIs | None = None
    """Credentials for Azure Blob Storage."""
    google_credentials: AsIs | None = None
    """Credentials for Google Cloud Storage."""
    wal: AsIs | None = None
    """How WAL is archived, such as compression and maxParallel."""
    data: AsIs | None = None
    """How base backups are made, such as compression and jobs."""
    tags: Annotated[dict[str, str], Field(max_length=32)] = {}
    """Tags of all objects in the store."""
    history_tags: Annotated[dict[str, str], Field(max_length=32)] = {}
    """Tags of WAL history files."""

    def secrets(self) -> set[str]:
        """Names of the Secrets, in each app's namespace, that hold its credentials and its CA."""
        return secret_names(self.model_dump(exclude_none=True))
