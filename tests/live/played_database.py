"""An app's database on a real control plane, with CloudNativePG's words played."""

from dataclasses import dataclass

from tests.live.judging import operator
from tests.plane.kubectl import Cluster, Json
from tests.simulated.cnpg_phases import HEALTHY, WAKING

POSTGRES = "clusters.postgresql.cnpg.io"


@dataclass(frozen=True, slots=True)
class PlayedDatabase:
    """An app in a namespace of its own, whose database has no instances."""

    cluster: Cluster
    namespace: str
    app: str = "shop"

    def see(self, kind: str, component: str) -> Json:
        """The app's object of a kind and component; empty where there is none."""
        return self.cluster.get(kind, f"{self.app}-{component}", self.namespace) or {}

    def database(self) -> Json:
        """The app's PostgreSQL Cluster; empty where there is none."""
        return self.see(POSTGRES, "db")

    def postgres_is_healthy(self, *told: Json) -> Json:
        """CloudNativePG, played: every instance that is asked for runs. Its words, and more conditions."""
        spec = self.database()["spec"]
        status = {
            "phase": HEALTHY,
            "instances": spec["instances"],
            "readyInstances": spec["instances"],
            "currentPrimary": f"{self.app}-db-1",
            "image": spec["imageName"],
            "conditions": [operator("Ready", "True", "ClusterIsReady"), *told],
        }
        self.postgres_is(status)
        return status

    def postgres_sleeps(self) -> None:
        """CloudNativePG, played: the Cluster is hibernated."""
        hibernated = operator("cnpg.io/hibernation", "True", "Hibernated")
        self.postgres_is(self.postgres_is_healthy(hibernated) | {"readyInstances": 0})

    def postgres_wakes(self) -> None:
        """CloudNativePG, played: the Cluster has no instance yet that serves."""
        self.postgres_is({"phase": WAKING, "conditions": []})

    def postgres_is(self, status: Json) -> None:
        """CloudNativePG, played: what it says of the Cluster."""
        self.play(POSTGRES, status)

    def play(self, kind: str, status: Json) -> None:
        """What an operator says of the database's object of a kind."""
        self.cluster.patch(kind, f"{self.app}-db", self.namespace, {"status": status}, "--subresource=status")
