"""A NodeApp's life on a simulated cluster: Crossplane, the API server and the operators, in process.

A World is edited as people edit, and looked at as people look.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from function.fn import FunctionRunner
from function.names import API_VERSION, CLAIM, PLATFORM_NAME, SETTINGS_API_VERSION
from function.platform import merge
from tests.simulated import claims, conditions, operators
from tests.simulated.crossplane import Crossplane, Event, Round
from tests.simulated.fields import Manifest
from tests.simulated.operators import Operator
from tests.simulated.pipeline import Pipeline
from tests.simulated.rendered import KEY, controller
from tests.simulated.server import Ref, Server

Spec = Mapping[str, Any]
Style = Literal["classic", "modern"]
GIT = "kustomize-controller"
"""Who applies NodeApps and Platforms."""
PATIENCE = 8
"""Reconciles after which a world should have come to rest."""

APP: Spec = {
    "team": "web",
    "environment": "prod",
    "frontend": {"image": "ghcr.io/acme/front:1.0.0"},
    "backend": {"image": "ghcr.io/acme/back:1.0.0"},
    "database": {"storage": "20Gi", "version": 17},
    "ingress": {"host": "dash.acme.dev"},
}
"""An ordinary app."""


class Told(NamedTuple):
    """What a condition says."""

    status: str
    reason: str
    message: str


class World:
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
        self.server, self.style = Server(), style
        self.pipeline = Pipeline(self.server, FunctionRunner(memo=memo))
        self.crossplane = Crossplane(self.server, self.pipeline)
        self.ref = Ref(CLAIM, namespace, name)
        self.parts: dict[str, Operator] = {}
        self.annotations: dict[str, str] = {}
        self.rounds: list[Round] = []
        self.lives = 0
        self.govern(platform)
        self.ask(spec)

    # What people do.

    def ask(self, spec: Spec) -> "World":
        """Commit this as the NodeApp's spec."""
        self.spec = dict(spec)
        metadata: Manifest = {"name": self.ref.name, "namespace": self.ref.namespace}
        if self.annotations:
            metadata["annotations"] = dict(self.annotations)
        claim = {"apiVersion": API_VERSION, "kind": CLAIM, "metadata": metadata, "spec": self.spec}
        self.server.apply(claim, GIT)
        return self

    def edit(self, **changes: Any) -> "World":
        """Commit the spec with other values of these keys; without those that are None."""
        return self.ask({key: value for key, value in (self.spec | changes).items() if value is not None})

    def annotate(self, **annotations: str) -> "World":
        """Commit annotations of platform.io, spelt with _ for -."""
        self.annotations |= {f"platform.io/{k.replace('_', '-')}": v for k, v in annotations.items()}
        return self.ask(self.spec)

    def govern(self, platform: Spec | None) -> "World":
        """Apply a Platform with this spec; None deletes it."""
        ref = Ref("Platform", "", PLATFORM_NAME)
        if platform is not None:
            metadata = {"name": PLATFORM_NAME}
            told = {"apiVersion": SETTINGS_API_VERSION, "kind": "Platform", "metadata": metadata}
            self.server.apply(told | {"spec": dict(platform)}, GIT)
        elif self.server.get(ref):
            self.server.delete(ref)
        return self

    def hand_edit(self, key: str, patch: Spec) -> "World":
        """Edit a composed object by hand: a merge patch."""
        self.server.update(self.where(key), "kubectl-edit", lambda old: merge(old, dict(patch)))
        return self

    def delete(self, key: str) -> "World":
        """Delete a composed object by hand. Raises Refused where it is protected."""
        self.server.delete(self.where(key))
        return self

    def lose(self, key: str) -> "World":
        """A composed object is gone, whatever protects it."""
        self.server.forget(self.where(key))
        return self

    def play(self, key: str, operator: Operator) -> "World":
        """From now on an object's operator does this with it."""
        self.parts[key] = operator
        operators.operate(self.server, self.where(key), operator)
        return self

    def apply(self, manifest: Manifest, manager: str = "kubectl") -> Manifest:
        """Apply an object that isn't the app's."""
        return self.server.apply(manifest, manager)

    # What machines do.

    def reconcile(self) -> Round:
        """One reconcile of Crossplane, after which the operators act."""
        xr = self.bind()
        done = self.crossplane.reconcile(xr)
        if self.style == "classic":
            claims.report(self.server, self.ref, xr)
        self.rounds.append(done)
        for key, ref in self.composed().items():
            operators.operate(self.server, ref, self.parts.get(key))
        operators.protect(self.server)
        return done

    def settle(self) -> "World":
        """Reconcile until nothing changes any more."""
        for _ in range(PATIENCE):
            before = self.server.writes
            self.reconcile()
            if self.server.writes == before:
                return self
        message = f"nothing is at rest after {PATIENCE} reconciles"
        raise AssertionError(message)

    def bind(self) -> Ref:
        """Where the XR is: behind its claim, or the NodeApp itself."""
        if self.style == "modern":
            own = {"crossplane": claims.SELECTED}
            self.server.update(self.ref, "crossplane", lambda xr: xr | {"spec": merge(own, xr["spec"])})
            return self.ref
        return claims.bind(self.server, self.ref, f"x{self.lives:04}")

    def restart(self, *, memo: bool = True) -> "World":
        """The function starts anew, and remembers nothing."""
        self.pipeline.runner = FunctionRunner(memo=memo)
        return self

    # The end, and the beginning.

    def remove(self, *, orphan: bool = False) -> "World":
        """Delete the NodeApp, and with it what it composed, unless that is orphaned. Raises Refused."""
        xr = self.bind()
        for ref in dict.fromkeys((self.ref, xr)):
            self.server.delete(ref)
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

    def restore(self) -> "World":
        """Only manifests and composed objects come back, owned by nobody: a new XR meets them."""
        xr = self.bind()
        for ref in dict.fromkeys((self.ref, xr)):
            self.server.forget(ref)
        for ref in list(self.server.objects):
            self.server.update(ref, "velero", disowned)
        self.lives += 1
        return self.ask(self.spec)

    def wipe_status(self) -> "World":
        """The XR forgets all that it knew."""
        xr = self.bind()
        self.server.update(xr, "kubectl", lambda old: old | {"status": {}}, "status")
        return self

    # What people see.

    def composed(self) -> dict[str, Ref]:
        """Where the composed objects are, by key."""
        uid = self.xr["metadata"]["uid"]
        return {
            manifest["metadata"]["annotations"][KEY]: ref
            for ref, manifest in self.server.objects.items()
            if controller(manifest) == uid
        }

    def where(self, key: str) -> Ref:
        """Where a composed object is."""
        return self.composed()[key]

    def object(self, key: str) -> Manifest:
        """A composed object as it is in the cluster."""
        return self.server.objects[self.where(key)]

    @property
    def keys(self) -> set[str]:
        """The keys of all composed objects."""
        return set(self.composed())

    @property
    def xr(self) -> Manifest:
        """The composite resource."""
        name = self.claim["spec"].get("resourceRef", {}).get("name", "")
        return self.server.objects.get(Ref(f"X{CLAIM}", "", name), self.claim)

    @property
    def claim(self) -> Manifest:
        """The NodeApp, as kubectl shows it."""
        return self.server.objects[self.ref]

    @property
    def status(self) -> Manifest:
        """The NodeApp's status."""
        status: Manifest = self.claim.get("status", {})
        return status

    @property
    def message(self) -> str:
        """The NodeApp's status in one line."""
        told: str = self.status["message"]
        return told

    @property
    def ready(self) -> bool:
        """Whether the NodeApp is Ready."""
        return self.condition("Ready").status == "True"

    def condition(self, type_: str) -> Told:
        """A condition of the NodeApp."""
        told = conditions.get(self.claim, type_)
        assert told, f"no condition {type_}"
        return Told(told["status"], told["reason"], told.get("message", ""))

    @property
    def types(self) -> set[str]:
        """The types of the NodeApp's conditions, but for Crossplane's own."""
        told = {c["type"] for c in self.status.get("conditions", [])}
        return told - set(conditions.SYSTEM)

    @property
    def events(self) -> list[Event]:
        """All that the function ever told of this NodeApp."""
        return [event for done in self.rounds for event in done.events]


def disowned(manifest: Manifest) -> Manifest:
    """An object without owners."""
    metadata = {key: item for key, item in manifest["metadata"].items() if key != "ownerReferences"}
    return manifest | {"metadata": metadata}
