"""Pods that connect to the database trust the CA that it has now."""

from dataclasses import dataclass, field
from typing import Any

from function.api.names import CONNECTS_TO
from tests.simulator import World


@dataclass
class TrustedCA:
    """The CA that the pods of each Deployment read when they started: that of the moment they were made."""

    read: dict[str, tuple[Any, str]] = field(default_factory=dict)
    """Key of a Deployment → what its pods are made of and by which Deployment, and the CA's end. Anything
    else means other pods."""

    def check(self, world: World) -> None:
        """Check a world at rest, as soon as its database has a CA."""
        deployments = {key: world.object(key) for key in world.keys if key.endswith("-deployment")}
        clients = {
            key: (deployment["metadata"]["uid"], deployment["spec"]["template"])
            for key, deployment in deployments.items()
            if CONNECTS_TO in deployment["spec"]["template"]["metadata"]["labels"]
        }
        self.read = {key: known for key, known in self.read.items() if key in clients}
        cluster = world.object("database-cluster") if "database-cluster" in world.keys else {}
        certificates = cluster.get("status", {}).get("certificates")
        if certificates is None:
            return
        now = certificates["expirations"][certificates["serverCASecret"]]
        for key, pods in clients.items():
            if key not in self.read or self.read[key][0] != pods:
                self.read[key] = pods, now
            end = self.read[key][1]
            assert end == now, f"pods of {key} trust a CA that ends at {end}, the database's ends at {now}"
