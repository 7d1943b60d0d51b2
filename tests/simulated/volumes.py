"""The volumes of CloudNativePG's instances, and the storage that makes them."""

from function.api.quantity import size
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

    def claim(self, cluster: Manifest) -> bool:
        """Make the first claim of a Cluster where there is none. Whether it is bound."""
        self.collect()
        metadata, storage = cluster["metadata"], cluster["spec"]["storage"]
        ref = Ref(KIND, metadata["namespace"], f"{metadata['name']}-1")
        if ref not in self.server.objects:
            owner = {key: cluster[key] for key in ("apiVersion", "kind")} | {
                "name": metadata["name"],
                "uid": metadata["uid"],
                "controller": True,
            }
            self.server.apply(
                {
                    "apiVersion": "v1",
                    "kind": KIND,
                    "metadata": {
                        "name": ref.name,
                        "namespace": ref.namespace,
                        "labels": {"cnpg.io/cluster": metadata["name"]},
                        "ownerReferences": [owner],
                    },
                    "spec": self.asked(storage),
                },
                "manager",
            )
        volume = self.server.update(ref, "kube-controller-manager", self.provisioned, "status")
        return bool(volume["status"]["phase"] == "Bound")

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


def waiting_for_volume(cluster: Manifest) -> Manifest:
    """A Cluster whose first volume isn't bound: CloudNativePG makes no second one before that runs.

    Its condition Initialized is True all the same: it only means that there is a claim (cluster_status.go).
    """
    first = f"{cluster['metadata']['name']}-1"
    status = Instances(SETTING_UP, f"Creating primary instance {first}", down=9)(cluster)["status"]
    initialized = condition("Initialized", "True", "BootstrapCompleted", "Cluster has been bootstrapped")
    now = {"instances": 1, "instanceNames": [first], "initializingPVC": [first], "targetPrimary": first}
    return cluster | {"status": status | now | {"conditions": replaced(status["conditions"], initialized)}}
