"""A few Clusters on the simulator, without Crossplane and without any app."""

from typing import Any

from tests.simulated.api_server import ApiServer, Ref
from tests.simulated.cnpg import PLUGIN, CloudNativePG
from tests.simulated.cnpg_phases import HIBERNATION
from tests.simulated.conditions import get_condition
from tests.simulated.operators import Operator
from tests.simulated.server_side_apply import Manifest

CLUSTER = Ref("Cluster", "shop", "dash-db")
NEW = Ref("Cluster", "shop", "new-db")
STORE = Ref("ObjectStore", "shop", "store")
INITDB = {"bootstrap": {"initdb": {"database": "dash", "owner": "dash"}}}


def manifest(ref: Ref, api_version: str, spec: Manifest) -> Manifest:
    """An object as it is applied."""
    metadata = {"name": ref.name, "namespace": ref.namespace}
    return {"apiVersion": api_version, "kind": ref.kind, "metadata": metadata, "spec": spec}


class Clusters:
    """A few Clusters and their object store."""

    def __init__(self) -> None:
        """An object store, and nothing in it."""
        self.server = ApiServer()
        self.cnpg = CloudNativePG(self.server)
        configuration = {"configuration": {"destinationPath": "s3://backups/shop"}}
        self.server.apply(manifest(STORE, "barmancloud.cnpg.io/v1", configuration), "kubectl")

    def cluster(self, ref: Ref = CLUSTER, archive: str = "one", **spec: Any) -> None:
        """Apply a Cluster of three that archives, and its schedule."""
        parameters = {"barmanObjectName": "store", "serverName": archive}
        plugins = [{"name": PLUGIN, "isWALArchiver": True, "parameters": parameters}]
        cluster_spec = {"instances": 3, "storage": {"size": "1Gi"}, "plugins": plugins} | INITDB | spec
        self.server.apply(manifest(ref, "postgresql.cnpg.io/v1", cluster_spec), "kubectl")
        schedule = {"cluster": {"name": ref.name}, "schedule": "0 0 2 * * *"}
        backup = manifest(Ref("ScheduledBackup", "shop", ref.name), "postgresql.cnpg.io/v1", schedule)
        self.server.apply(backup, "kubectl")

    def recovered(self, source: str, archive: str, **target: Any) -> None:
        """Apply a Cluster that is made from another's backups."""
        plugin = {"name": PLUGIN, "parameters": {"barmanObjectName": "store", "serverName": source}}
        recovery = {"recovery": {"source": "origin", **target}}
        self.cluster(
            NEW, archive, bootstrap=recovery, externalClusters=[{"name": "origin", "plugin": plugin}]
        )

    def run(self, ref: Ref = CLUSTER, operator: Operator | None = None, times: int = 1) -> Manifest:
        """Let time pass; returns the Cluster's status."""
        for _ in range(times):
            self.server.ticks += 1
            self.cnpg.act(ref, operator)
            self.cnpg.act(STORE)
        status: Manifest = self.server.objects[ref]["status"]
        return status

    def says(self, type_: str, ref: Ref = CLUSTER) -> tuple[str, str] | None:
        """A Cluster's condition: whether, and in which words."""
        condition = get_condition(self.server.objects[ref], type_)
        return (condition["status"], condition["message"]) if condition else None

    def annotate(self, value: str) -> None:
        """Ask for hibernation, or the end of it."""
        notes = {"annotations": {HIBERNATION: value}}
        self.server.update(CLUSTER, "kubectl", lambda old: old | {"metadata": old["metadata"] | notes})


def running() -> Clusters:
    """One Cluster that has run for a while."""
    clusters = Clusters()
    clusters.cluster()
    clusters.run(times=5)
    return clusters
