"""Pods that connect to the database trust the CA that it has now."""

from dataclasses import dataclass
from typing import Any

from function.api.names import CONNECTS_TO
from tests.simulator import World


@dataclass
class TrustedCA:
    """The CA that the backend's pods read when they started: the one of the moment when they were made."""

    pods: Any = None
    """What the pods are made of, and by which Deployment. Anything else means other pods."""
    end: str | None = None

    def check(self, world: World) -> None:
        """Check a world at rest, as soon as its database has a CA."""
        deployment = world.object("backend-deployment") if "backend-deployment" in world.keys else None
        connects = deployment and CONNECTS_TO in deployment["spec"]["template"]["metadata"]["labels"]
        if not (deployment and connects):
            self.pods = None
            return
        cluster = world.object("database-cluster") if "database-cluster" in world.keys else {}
        certificates = cluster.get("status", {}).get("certificates")
        pods = deployment["metadata"]["uid"], deployment["spec"]["template"]
        if certificates is None:
            return
        now = certificates["expirations"][certificates["serverCASecret"]]
        if pods != self.pods:
            self.pods, self.end = pods, now
        assert self.end == now, f"pods trust a CA that ends at {self.end}, the database's ends at {now}"
