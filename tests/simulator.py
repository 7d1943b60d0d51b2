"""A NodeApp's life on a simulated cluster: Crossplane, the API server and the operators, in process.

A World is edited as people edit, and looked at as people look.
"""

from collections.abc import Mapping
from typing import Self

from function.api.names import CLAIM
from function.api.platform import IMAGES
from function.patch import merge
from tests.simulated.cnpg_certificates import renewed
from tests.simulated.commits import APP, BACKED_UP, STORED, Committed
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import StatusCondition

__all__ = ["APP", "BACKED_UP", "STORED", "StatusCondition", "World"]


class World(Committed):
    """One app on one cluster, with all that may happen to both."""

    def lose(self, key: str) -> Self:
        """A composed object is gone, whatever protects it."""
        self.server.forget(self.where(key))
        return self

    def renew_ca(self) -> Self:
        """CloudNativePG renews the CA of the Cluster."""
        self.server.update(self.where("database-cluster"), "manager", renewed, "status")
        return self

    def remove(self, *, orphan: bool = False) -> Self:
        """Delete the NodeApp, and with it what it composed, unless that is orphaned. Raises Refused."""
        xr = self.bind()
        for ref in dict.fromkeys((self.ref, xr)):
            self.server.admit_deletion(ref)
        for ref in dict.fromkeys((self.ref, xr)):
            self.server.forget(ref)
        for ref, manifest in list(self.server.objects.items()):
            owners = manifest["metadata"].get("ownerReferences", [])
            if not owners or manifest["kind"] == CLAIM:
                continue
            if orphan:
                self.server.update(ref, "garbage-collector", disowned)
            else:
                self.server.forget(ref)
        self.lives += 1
        return self

    def restore(self) -> Self:
        """Only manifests and composed objects come back, owned by nobody: a new XR meets them."""
        xr = self.bind()
        for ref in dict.fromkeys((self.ref, xr)):
            self.server.forget(ref)
        for ref in list(self.server.objects):
            self.server.update(ref, "velero", disowned)
        self.lives += 1
        return self.ask(self.spec)

    def bring_back_without_volumes(self) -> Self:
        """A backup tool makes the Cluster of its old manifest: with another uid, and empty."""
        ref = self.where("database-cluster")
        old = self.server.objects[ref]
        metadata = {key: old["metadata"][key] for key in ("name", "namespace", "labels", "annotations")}
        self.server.forget(ref)
        self.apply(
            {key: old[key] for key in ("apiVersion", "kind", "spec")} | {"metadata": metadata}, "velero"
        )
        return self

    def delete_cluster_alone(self) -> Self:
        """Somebody deletes the Cluster with --cascade=orphan, whatever protects it: its volumes stay."""
        ref = self.where("database-cluster")
        self.cnpg.volumes.leave(self.server.objects[ref])
        self.server.forget(ref)
        return self

    def lose_claim(self) -> Self:
        """Somebody takes the finalizer off the NodeApp and deletes it: its XR stays, and all that it owns."""
        self.server.forget(self.ref)
        self.lives += 1
        return self

    def lose_meanwhile(self, key: str) -> Self:
        """A composed object goes in the next reconcile, after it was observed and before it is applied."""
        ref = self.where(key)

        def gone() -> None:
            if ref in self.server.objects:
                self.server.forget(ref)

        self.crossplane.meanwhile.append(gone)
        return self

    def rebuild(self) -> Self:
        """The cluster is made anew from Git: only what the object store holds is what it was."""
        self.server.objects.clear()
        self.server.owners.clear()
        self.parts.clear()
        self.lives += 1
        return self.govern(self.settings).ask(self.spec)

    def forget_references(self) -> Self:
        """The XR knows of nothing any more that it composed."""
        xr = self.bind()
        self.server.update(xr, "kubectl", lambda old: merge(old, unreferring(old)))
        return self

    def upgrade(self, images: Mapping[int, str]) -> Self:
        """The function starts anew, in a release with these built-in images."""
        IMAGES.update(images)
        return self.restart()

    def wipe_status(self) -> Self:
        """NodeApp and XR forget all that they knew, as they do when they are restored from a backup."""
        for ref in dict.fromkeys((self.bind(), self.ref)):
            self.server.update(ref, "kubectl", lambda old: old | {"status": {}}, "status")
        return self


def unreferring(xr: Manifest) -> Manifest:
    """A patch that takes an XR's references away."""
    nothing = {"resourceRefs": None}
    return {"spec": {"crossplane": nothing} if xr["metadata"].get("namespace") else nothing}


def disowned(manifest: Manifest) -> Manifest:
    """An object without owners."""
    metadata = {key: item for key, item in manifest["metadata"].items() if key != "ownerReferences"}
    return manifest | {"metadata": metadata}
