"""PgBouncer in front of the database."""

from function.app import App, Object
from function.components.database.client import pooler_name
from function.components.database.keys import COMPONENT, POOLER
from function.components.database.postgresql import parameters
from function.components.spread import NODE, ZONE, spread
from function.database_facts import DatabaseFacts
from function.effective_database import EffectiveDatabase
from function.place import Manifest
from function.read import at, number, text

MOST = 20
"""Connections of a pod: PgBouncer's default. Two pods open up to 40 of PostgreSQL's 100."""
BROKEN = ("inactive", "failed")
"""Phases in which it doesn't work: a resource is missing, or CloudNativePG can't reconcile it."""


def poolers(app: App, database: EffectiveDatabase, facts: DatabaseFacts) -> dict[str, Manifest]:
    """The Pooler by its key, if it is asked for or exists.

    A Pooler that is removed from the spec stays without pods until its Cluster is deleted. Crossplane deletes
    in the foreground, and meanwhile CloudNativePG 1.30 creates the Deployment again: that would never end.
    """
    if database.pooler:
        instances = 0 if database.hibernate else database.pooler.instances
        pool_size = connections(database, database.pooler.instances)
        return {POOLER: pooler(app, database.pooler.mode, instances, pool_size)}
    return {POOLER: pooler(app, facts.pool_mode, 0, MOST)} if facts.pool_mode else {}


def connections(database: EffectiveDatabase, pods: int) -> int:
    """The connections that each pod of the pooler opens to PostgreSQL at most.

    All together leave a fifth of those that PostgreSQL takes to migrations, jobs and CloudNativePG. With
    more, the pooler would answer some of its clients that there are too many.
    """
    taken = int(parameters(database)["max_connections"])
    return max(1, min(MOST, taken * 4 // 5 // pods))


def pooler(app: App, mode: str, instances: int, pool_size: int) -> Manifest:
    """The Pooler, with its pods spread over nodes and zones."""
    labels = {"cnpg.io/poolerName": pooler_name(app)}
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Pooler",
        "metadata": app.metadata(POOLER, name=pooler_name(app)),
        "spec": {
            "cluster": {"name": app.named(COMPONENT)},
            "type": "rw",
            "instances": instances,
            "pgbouncer": {
                "poolMode": mode,
                # PgBouncer refuses clients above max_client_conn, by default 100.
                "parameters": {"max_client_conn": "1000", "default_pool_size": str(pool_size)},
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
    """PgBouncer's container. CloudNativePG adds the image and the security context.

    PgBouncer has one thread, so it can't use more than a core. By its manual a connection takes 2 kB, so its
    memory is for TLS and the process.
    """
    return {
        "name": "pgbouncer",
        "resources": {
            "requests": {"cpu": "50m", "memory": "64Mi"},
            "limits": {"cpu": "1", "memory": "128Mi"},
        },
    }


def alternative_names(app: App) -> list[str]:
    """The pooler's host names, for the Cluster's certificate, which the pooler uses too."""
    name = pooler_name(app)
    return [name, f"{name}.{app.namespace}", f"{name}.{app.namespace}.svc"]


def pooler_problem(pooler: Object) -> str:
    """Why a Pooler doesn't serve; empty if it does."""
    status, want = at(pooler, "status"), number(pooler, "spec", "instances")
    if text(status, "phase") in BROKEN:
        reason = text(status, "phaseReason") or text(status, "error") or ""
        return f"pooler {text(status, 'phase')}: {reason}"
    have = number(status, "instances")
    return f"{have} of {want} pooler instances" if have < want else ""
