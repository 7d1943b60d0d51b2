"""A NodeApp's life on a simulated cluster: Crossplane, the API server and the operators, in process.

A World is edited as people edit, and looked at as people look.
"""

from collections.abc import Mapping
from typing import Any, Self

from function.api.names import API_VERSION, CLAIM, PLATFORM_NAME, SETTINGS_API_VERSION
from function.api.platform import IMAGES
from function.patch import merge
from tests.simulated.api_server import Ref
from tests.simulated.cnpg_instances import renewed
from tests.simulated.gateways import gateway
from tests.simulated.operators import Operator
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import Simulation, StatusCondition, Style

__all__ = ["APP", "BACKED_UP", "STORED", "StatusCondition", "World"]

Spec = Mapping[str, Any]
GIT = "kustomize-controller"
"""Who applies NodeApps and Platforms."""

APP: dict[str, Any] = {
    "team": "web",
    "environment": "prod",
    "frontend": {"image": "ghcr.io/acme/front:1.0.0"},
    "backend": {"image": "ghcr.io/acme/back:1.0.0"},
    "database": {"storage": "20Gi", "version": 17, "backup": {"enabled": False}},
    "ingress": {"host": "dash.acme.dev"},
}
"""An ordinary app."""
BACKED_UP = APP | {"database": {"storage": "20Gi", "version": 17}}
"""The same with backups, where there is a store for them."""
STORED: dict[str, Any] = {"database": {"objectStore": {"destinationPath": "s3://backups"}}}
"""A Platform that has one."""


class World(Simulation):
    """One app on one cluster."""

    def __init__(
        self,
        spec: Spec = APP,
        platform: Spec | None = None,
        *,
        name: str = "dash",
        namespace: str = "shop",
        style: Style = "classic",
        memo: bool = True,
    ) -> None:
        """A cluster to which a NodeApp and, but for None, a Platform's spec are applied."""
        super().__init__(Ref(CLAIM, namespace, name), style, memo=memo)
        self.annotations: dict[str, str] = {}
        self.govern(platform)
        self.ask(spec)

    def ask(self, spec: Spec) -> Self:
        """Commit this as the NodeApp's spec."""
        self.spec = dict(spec)
        metadata: Manifest = {"name": self.ref.name, "namespace": self.ref.namespace}
        if self.annotations:
            metadata["annotations"] = dict(self.annotations)
        claim = {"apiVersion": API_VERSION, "kind": CLAIM, "metadata": metadata, "spec": self.spec}
        self.server.apply(claim, GIT)
        return self

    def edit(self, **changes: Any) -> Self:
        """Commit the spec with other values of these keys; without those that are None."""
        return self.ask({key: value for key, value in (self.spec | changes).items() if value is not None})

    def annotate(self, **annotations: str) -> Self:
        """Commit annotations of platform.io, spelt with _ for -."""
        self.annotations |= {f"platform.io/{k.replace('_', '-')}": v for k, v in annotations.items()}
        return self.ask(self.spec)

    def govern(self, platform: Spec | None) -> Self:
        """Apply a Platform with this spec; None deletes it. The Gateway that it names is there."""
        self.settings, ref = platform, Ref("Platform", "", PLATFORM_NAME)
        if platform is not None:
            metadata = {"name": PLATFORM_NAME}
            manifest = {"apiVersion": SETTINGS_API_VERSION, "kind": "Platform", "metadata": metadata}
            self.server.apply(manifest | {"spec": dict(platform)}, GIT)
            if settings := platform.get("gateway"):
                self.server.apply(gateway(settings), "gateway-controller")
        elif self.server.get(ref):
            self.server.delete(ref)
        return self

    def hand_edit(self, key: str, patch: Spec) -> Self:
        """Edit a composed object by hand: a merge patch."""
        self.server.update(self.where(key), "kubectl-edit", lambda old: merge(old, dict(patch)))
        return self

    def delete(self, key: str) -> Self:
        """Delete a composed object by hand. Raises Refused where it is protected."""
        self.server.delete(self.where(key))
        return self

    def lose(self, key: str) -> Self:
        """A composed object is gone, whatever protects it."""
        self.server.forget(self.where(key))
        return self

    def play(self, key: str, operator: Operator) -> Self:
        """From now on an object's operator does this with it."""
        self.parts[key] = operator
        if ref := self.composed().get(key):
            self.operate(ref, operator)
        return self

    def renew_ca(self) -> Self:
        """CloudNativePG renews the CA of the Cluster."""
        self.server.update(self.where("database-cluster"), "manager", renewed, "status")
        return self

    def apply(self, manifest: Manifest, manager: str = "kubectl") -> Manifest:
        """Apply an object that isn't the app's."""
        return self.server.apply(manifest, manager)

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
