"""A NodeApp and its Platform on a simulated cluster, as people commit them and edit what is composed."""

from collections.abc import Mapping
from typing import Any, Self

from function.api.names import API_VERSION, CLAIM, PLATFORM_NAME, SETTINGS_API_VERSION
from function.patch import merge
from tests.simulated.api_server import Ref
from tests.simulated.gateways import gateway
from tests.simulated.operators import Operator
from tests.simulated.server_side_apply import Manifest
from tests.simulated.simulation import Simulation, Style

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


class Committed(Simulation):
    """One app on one cluster, which people change."""

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

    def play(self, key: str, operator: Operator) -> Self:
        """From now on an object's operator does this with it."""
        self.parts[key] = operator
        if ref := self.composed().get(key):
            self.operate(ref, operator)
        return self

    def apply(self, manifest: Manifest, manager: str = "kubectl") -> Manifest:
        """Apply an object that isn't the app's."""
        return self.server.apply(manifest, manager)
