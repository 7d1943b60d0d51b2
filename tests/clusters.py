"""The Cluster of the simulated app, one that is there before it, and the APIs that its cluster serves."""

from typing import Any

from tests.simulated.api_server import Ref
from tests.simulated.server_side_apply import Manifest
from tests.simulator import World

CLUSTER = Ref("Cluster", "shop", "dash-db")


def cluster(world: World) -> Manifest:
    """The spec of the Cluster in the cluster."""
    spec: Manifest = world.object("database-cluster")["spec"]
    return spec


def rows(world: World) -> int:
    """How many writes the database holds."""
    return len(world.cnpg.rows(CLUSTER))


def uid(world: World) -> str:
    """The recorded uid of the Cluster."""
    recorded: str = world.status["database"]["uid"]
    return recorded


def stray(**metadata: Any) -> Manifest:
    """A Cluster of the app's name that the app didn't compose."""
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": {"name": "dash-db", "namespace": "shop"} | metadata,
        "spec": {
            "imageName": "ghcr.io/cloudnative-pg/postgresql:16.4",
            "instances": 1,
            "storage": {"size": "80Gi", "storageClass": "fast"},
            "bootstrap": {"initdb": {"database": "old", "owner": "old"}},
        },
    }


def serve(world: World, *apis: str) -> World:
    """From now on the cluster serves these APIs too."""
    for api in apis:
        metadata = {"name": api}
        world.apply({"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": metadata})
    return world
