"""What a pod needs to connect to the database: its address, the CA, and a label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from function.api.names import CONNECTS_TO, FIRST_CA, RENEWED_CA
from function.app import App, Observed
from function.components.database.keys import CLUSTER, COMPONENT
from function.effective_database import EffectiveDatabase
from function.facts import WorkloadFacts
from function.place import Manifest
from function.read import number

CA = "/etc/db-ca"
PORT = 5432
NEVER_RAN = WorkloadFacts(composed=False, image=None)
"""Facts of what has no Deployment."""


@dataclass(frozen=True, slots=True)
class Client:
    """What a pod needs to connect."""

    labels: Mapping[str, str] = field(default_factory=dict)
    """Labels of the pod. The database's NetworkPolicy lets pods with them in."""
    annotations: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the pod. They change when the pod must be replaced."""
    record: Mapping[str, str] = field(default_factory=dict)
    """Annotations of the Deployment that creates the pods, for later calls."""
    env: Sequence[Manifest] = ()
    direct: Sequence[Manifest] = ()
    """Variables that bypass the pooler: migrations need a session of their own."""
    mounts: Sequence[Manifest] = ()
    volumes: Sequence[Manifest] = ()


def client(app: App, facts: WorkloadFacts = NEVER_RAN) -> Client:
    """DATABASE_URL, and TLS verified against the Cluster's own CA. Nothing where there is no database.

    `facts`: those of the Deployment whose pods connect. Pods that only run for a while need none.

    node-postgres reads PGSSLMODE, but takes the CA from Node, so from NODE_EXTRA_CA_CERTS. libpq reads
    PGSSLROOTCERT: without it psql, pg_dump and whatever isn't Node couldn't connect. The CA's Secret also
    holds the private key, which isn't mounted.
    """
    database = app.spec.database
    if database is None:
        return Client()
    ca_secret = app.facts.database.ca_secret or f"{app.named(COMPONENT)}-ca"
    ca = {"secretName": ca_secret, "items": [{"key": "ca.crt", "path": "ca.crt"}]}
    tls = [
        {"name": "NODE_EXTRA_CA_CERTS", "value": f"{CA}/ca.crt"},
        {"name": "PGSSLMODE", "value": "verify-full"},
        {"name": "PGSSLROOTCERT", "value": f"{CA}/ca.crt"},
    ]
    direct = [*to_primary(app, database), *tls]
    first = facts.first_ca or app.facts.database.ca
    renewed = renewed_ca(app.facts.database.ca, facts)
    return Client(
        labels=client_labels(app),
        annotations={RENEWED_CA: renewed} if renewed else {},
        record={FIRST_CA: first} if first else {},
        env=[*url_of(app, database, pooler_name(app)), *tls] if database.pooler else direct,
        direct=direct,
        mounts=[{"name": "db-ca", "mountPath": CA, "readOnly": True}],
        volumes=[{"name": "db-ca", "secret": ca}],
    )


def renewed_ca(ca: str | None, facts: WorkloadFacts) -> str | None:
    """Expiry of the renewed CA that the pods need. None: the CA that they started with is still in use.

    A pod reads the CA once, when it starts. A CA of CloudNativePG expires after 90 days, and is renewed 7
    days before. A pod that still trusts the old one then loses its database, so a renewal replaces the pods.
    While the Cluster doesn't show its CA, nothing changes.
    """
    if ca is None:
        return facts.renewed_ca
    renewed = facts.renewed_ca or facts.first_ca not in (None, ca)
    return ca if renewed else None


def client_labels(app: App) -> dict[str, str]:
    """The label of pods that may connect, whatever component they belong to."""
    return {CONNECTS_TO: app.named(COMPONENT)}


def to_primary(app: App, database: EffectiveDatabase) -> list[Manifest]:
    """DATABASE_URL to the primary: CloudNativePG's own Secret has it."""
    if app.facts.database.app_secret:
        return url_of(app, database, f"{app.named(COMPONENT)}-rw")
    return [from_secret(app, "DATABASE_URL", "uri")]


def url_of(app: App, database: EffectiveDatabase, service: str) -> list[Manifest]:
    """DATABASE_URL to a Service, where no Secret has it.

    CloudNativePG's passwords need no escaping, as letters and digits. A password that somebody chose must
    need none either: Kubernetes can't escape it.
    """
    named = {"name": "PGDATABASE", "value": database.name}
    return [
        named if app.facts.database.app_secret else from_secret(app, "PGDATABASE", "dbname"),
        from_secret(app, "PGPASSWORD", "password"),
        from_secret(app, "PGUSER", "username"),
        {
            "name": "DATABASE_URL",
            "value": f"postgresql://$(PGUSER):$(PGPASSWORD)@{service}.{app.namespace}:{PORT}/$(PGDATABASE)",
        },
    ]


def from_secret(app: App, name: str, key: str) -> Manifest:
    """A variable from the Secret with the owner's credentials."""
    return {"name": name, "valueFrom": {"secretKeyRef": {"name": secret(app), "key": key}}}


def secret(app: App) -> str:
    """The Secret with the owner's credentials. CloudNativePG makes it, and writes the URL into it, unless
    the Cluster's maker gave one."""
    return app.facts.database.app_secret or f"{app.named(COMPONENT)}-app"


def host(app: App) -> str:
    """Host of the primary within the cluster."""
    return f"{app.named(COMPONENT)}-rw.{app.namespace}"


def pooler_name(app: App) -> str:
    """The name of the Pooler, and of its Service."""
    return f"{app.named(COMPONENT)}-pooler"


def serves(observed: Observed) -> bool:
    """Whether an instance is ready."""
    return number(observed.composed.get(CLUSTER), "status", "readyInstances") > 0
