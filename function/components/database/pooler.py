"""PgBouncer before the database."""

from function.api.pooler import Pooler
from function.app import App, Object
from function.components.database.client import POOLER, pooler_name
from function.components.database.keys import COMPONENT
from function.components.spread import NODE, ZONE, spread
from function.place import Manifest
from function.read import at, number, text

BROKEN = ("inactive", "failed")
"""Phases in which it doesn't work: a resource is missing, or it can't be reconciled."""


def pooler(app: App, asked: Pooler, *, asleep: bool) -> Manifest:
    """The Pooler: restricted as all pods here are, spread over nodes and zones."""
    labels = {"cnpg.io/poolerName": pooler_name(app)}
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Pooler",
        "metadata": app.metadata(POOLER, name=pooler_name(app)),
        "spec": {
            "cluster": {"name": app.named(COMPONENT)},
            "type": "rw",
            "instances": 0 if asleep else asked.instances,
            "pgbouncer": {
                "poolMode": asked.mode,
                # Clients wait here instead of being refused. Two pods open up to 40 of PostgreSQL's 100
                # connections, which leaves room for migrations, replicas and backups.
                "parameters": {"max_client_conn": "1000", "default_pool_size": "20"},
            },
            "template": {
                "metadata": {"labels": app.app_labels()},
                "spec": {
                    "containers": [container()],
                    "topologySpreadConstraints": [spread(ZONE, labels), spread(NODE, labels)],
                },
            },
        },
    }


def container() -> Manifest:
    """PgBouncer. CloudNativePG fills in the image, and secures it.

    It is one thread, so it can't use more than a core.
    """
    return {
        "name": "pgbouncer",
        "resources": {
            "requests": {"cpu": "50m", "memory": "64Mi"},
            "limits": {"cpu": "1", "memory": "128Mi"},
        },
    }


def alternative_names(app: App) -> list[str]:
    """What clients call the pooler, which shows them the Cluster's certificate."""
    name = pooler_name(app)
    return [name, f"{name}.{app.namespace}", f"{name}.{app.namespace}.svc"]


def pooling(pooler: Object) -> str:
    """Why a Pooler doesn't serve."""
    status, want = at(pooler, "status"), number(pooler, "spec", "instances")
    if text(status, "phase") in BROKEN:
        why = text(status, "phaseReason") or text(status, "error") or ""
        return f"pooler {text(status, 'phase')}: {why}"
    have = number(status, "instances")
    return f"{have} of {want} pooler instances" if have < want else ""
