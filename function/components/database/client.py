"""How whoever connects finds the database, and knows that it is the right one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from function.app import App, Manifest

CA = "/etc/db-ca"
COMPONENT = "database"
PORT = 5432


@dataclass(frozen=True, slots=True)
class Client:
    """What a container needs to connect."""

    env: Sequence[Manifest] = ()
    mounts: Mapping[str, str] = field(default_factory=dict)
    volumes: Sequence[Manifest] = ()


def client(app: App) -> Client:
    """DATABASE_URL, and TLS verified against the Cluster's own CA. Nothing where there is no database.

    node-postgres takes PGSSLMODE, but a CA only from Node itself. The CA's Secret also holds its key,
    which stays out of the pod.
    """
    if app.spec.database is None:
        return Client()
    cluster = app.named(COMPONENT)
    ca = {"secretName": f"{cluster}-ca", "items": [{"key": "ca.crt", "path": "ca.crt"}]}
    return Client(
        env=[
            {"name": "DATABASE_URL", "valueFrom": {"secretKeyRef": {"name": secret(app), "key": "uri"}}},
            {"name": "NODE_EXTRA_CA_CERTS", "value": f"{CA}/ca.crt"},
            {"name": "PGSSLMODE", "value": "verify-full"},
        ],
        mounts={"db-ca": CA},
        volumes=[{"name": "db-ca", "secret": ca}],
    )


def secret(app: App) -> str:
    """The Secret in which CloudNativePG keeps the owner's credentials and the URL."""
    return f"{app.named(COMPONENT)}-app"


def host(app: App) -> str:
    """Where the primary answers."""
    return f"{app.named(COMPONENT)}-rw.{app.namespace}"
