"""The volumes of CloudNativePG's instances, and the storage that makes them."""

from function.api.quantity import size
from function.patch import merge
from tests.simulated.api_server import ApiServer, Ref
from tests.simulated.cnpg_instances import Instances, replaced
from tests.simulated.cnpg_phases import SETTING_UP
from tests.simulated.conditions import condition
from tests.simulated.server_side_apply import Manifest

KIND = "PersistentVolumeClaim"


class Volumes:
    """The PersistentVolumeClaims of first instances, which nothing starts without.

    pkg/reconciler/persistentvolumeclaim in cloudnative-pg, release 1.30: a claim is made once, and only its
    size is ever changed, once it is bound.
    """

    def __init__(self, server: ApiServer) -> None:
        """All storage classes exist, and make volumes of any size."""
        self.server = server
        self.classes: set[str | None] | None = None
        """The storage classes that exist; None as one of them: there is a default. None: all."""
        self.largest: str | None = None
        """The largest volume that can be made."""
        self.filled: dict[str, str] = {}
        """uid of a claim → uid of the Cluster that filled it."""

    def claim(self, cluster: Manifest) -> bool:
        """Make the first claim of a Cluster where there is none. Whether it is bound.

        One that has no owner becomes this Cluster's: reconcileRestoredCluster in cluster_restore.go.
        """
        self.collect()
        ref, metadata = first(cluster), cluster["metadata"]
        if ref not in self.server.objects:
            made = self.server.apply(
                {
                    "apiVersion": "v1",
                    "kind": KIND,
                    "metadata": {
                        "name": ref.name,
                        "namespace": ref.namespace,
                        "labels": {"cnpg.io/cluster": metadata["name"]},
                        "annotations": {"cnpg.io/nodeSerial": "1"},
                        "ownerReferences": [owner(cluster)],
                    },
                    "spec": self.asked(cluster["spec"]["storage"]),
                },
                "manager",
            )
            self.filled[made["metadata"]["uid"]] = metadata["uid"]
        elif not self.server.objects[ref]["metadata"].get("ownerReferences"):
            owned = {"metadata": {"ownerReferences": [owner(cluster)]}}
            self.server.update(ref, "manager", lambda old: merge(old, owned))
        volume = self.server.update(ref, "kube-controller-manager", self.provisioned, "status")
        return bool(volume["status"]["phase"] == "Bound")

    def filled_by(self, cluster: Manifest) -> str:
        """The uid of the Cluster whose data is in the first volume of this one."""
        volume = self.server.objects[first(cluster)]["metadata"]["uid"]
        return self.filled.get(volume, "")

    def leave(self, cluster: Manifest) -> None:
        """Its volumes have no owner any more, so they stay when it goes."""
        disowned = {"metadata": {"ownerReferences": None}}
        self.server.update(first(cluster), "garbage-collector", lambda old: merge(old, disowned))

    def asked(self, storage: Manifest) -> Manifest:
        """The spec of a claim, from that of a Cluster's storage."""
        if "size" not in storage:
            template: Manifest = storage["pvcTemplate"]
            return template
        class_ = storage.get("storageClass")
        return {"resources": {"requests": {"storage": storage["size"]}}} | (
            {"storageClassName": class_} if class_ else {}
        )

    def provisioned(self, volume: Manifest) -> Manifest:
        """A claim as the storage leaves it: bound for ever, or waiting."""
        spec = volume["spec"]
        if volume.get("status", {}).get("phase") == "Bound":
            return volume
        known = self.classes is None or spec.get("storageClassName") in self.classes
        asked = spec["resources"]["requests"]["storage"]
        if not known or (self.largest and size(asked) > size(self.largest)):
            return volume | {"status": {"phase": "Pending"}}
        name = f"pvc-{volume['metadata']['uid']}"
        return volume | {"spec": spec | {"volumeName": name}, "status": {"phase": "Bound"}}

    def collect(self) -> None:
        """Claims go after the Cluster that owns them: garbage collection."""
        clusters = {m["metadata"]["uid"] for ref, m in self.server.objects.items() if ref.kind == "Cluster"}
        for ref, manifest in list(self.server.objects.items()):
            owners = {owner["uid"] for owner in manifest["metadata"].get("ownerReferences", [])}
            if ref.kind == KIND and owners and not owners & clusters:
                self.server.forget(ref)


def first(cluster: Manifest) -> Ref:
    """Where the claim of a Cluster's first instance is."""
    metadata = cluster["metadata"]
    return Ref(KIND, metadata["namespace"], f"{metadata['name']}-1")


def owner(cluster: Manifest) -> Manifest:
    """The reference to a Cluster that owns something."""
    metadata = {key: cluster["metadata"][key] for key in ("name", "uid")}
    return {key: cluster[key] for key in ("apiVersion", "kind")} | metadata | {"controller": True}


def waiting_for_volume(cluster: Manifest) -> Manifest:
    """A Cluster whose first volume isn't bound: CloudNativePG makes no second one before that runs.

    Its condition Initialized is True all the same: it only means that there is a claim (cluster_status.go).
    """
    first = f"{cluster['metadata']['name']}-1"
    status = Instances(SETTING_UP, f"Creating primary instance {first}", down=9)(cluster)["status"]
    initialized = condition("Initialized", "True", "BootstrapCompleted", "Cluster has been bootstrapped")
    now = {"instances": 1, "instanceNames": [first], "initializingPVC": [first], "targetPrimary": first}
    return cluster | {"status": status | now | {"conditions": replaced(status["conditions"], initialized)}}
