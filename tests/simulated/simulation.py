"""A simulated cluster with one NodeApp: its reconciles, and what kubectl would show of it."""

from typing import Literal, NamedTuple, Self

from function.api.names import CLAIM
from function.edge.fn import FunctionRunner
from function.patch import merge
from tests.simulated import claims
from tests.simulated.api_server import ApiServer, Ref
from tests.simulated.cnpg import KINDS, CloudNativePG
from tests.simulated.composed_resources import KEY, controller, machinery
from tests.simulated.composition_pipeline import Pipeline
from tests.simulated.conditions import SYSTEM_CONDITIONS, get_condition
from tests.simulated.crossplane import Crossplane
from tests.simulated.operators import Operator, operate, protect
from tests.simulated.rounds import KubernetesEvent, Round
from tests.simulated.server_side_apply import Manifest

Style = Literal["classic", "modern"]
PATIENCE = 16
"""Reconciles after which nothing may change any more."""


class StatusCondition(NamedTuple):
    """A condition of the NodeApp, without its times."""

    status: str
    reason: str
    message: str


class Simulation:
    """One app on one cluster."""

    def __init__(self, ref: Ref, style: Style, *, memo: bool) -> None:
        """An empty cluster."""
        self.ref, self.style, self.server = ref, style, ApiServer()
        self.pipeline = Pipeline(self.server, FunctionRunner(memo=memo))
        self.crossplane = Crossplane(self.server, self.pipeline)
        self.cnpg = CloudNativePG(self.server)
        self.parts: dict[str, Operator] = {}
        """Key → what its operator does instead of the usual."""
        self.rounds: list[Round] = []
        self.lives = 0
        self.meddled = False
        """Whether something happened behind Crossplane's back in the last reconcile."""

    def reconcile(self) -> Round:
        """One reconcile of Crossplane, after which the operators act."""
        xr = self.bind()
        self.meddled = bool(self.crossplane.meanwhile)
        done = self.crossplane.reconcile(xr)
        if self.style == "classic":
            claims.report(self.server, self.ref, xr)
        self.rounds.append(done)
        for key, ref in self.composed().items():
            self.operate(ref, self.parts.get(key))
        self.cnpg.volumes.collect()
        protect(self.server)
        return done

    def operate(self, ref: Ref, operator: Operator | None) -> None:
        """Let an object's operator reconcile it."""
        if ref.kind in KINDS:
            self.cnpg.act(ref, operator)
        else:
            operate(self.server, ref, operator)

    def settle(self) -> Self:
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

    def restart(self, *, memo: bool = True) -> Self:
        """The function starts anew, and remembers nothing."""
        self.pipeline.runner = FunctionRunner(memo=memo)
        return self

    def composed(self) -> dict[str, Ref]:
        """Where the composed objects are, by key."""
        uid = self.xr["metadata"].get("uid")
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
    def referred(self) -> set[str]:
        """The names of what the XR refers to, whether it is there or not."""
        return {to.get("name", "") for to in machinery(self.xr).get("resourceRefs", [])}

    @property
    def state(self) -> dict[str, Manifest]:
        """What people asked for in each composed object: all but what machines write into it."""
        return {key: asked(self.server.objects[ref]) for key, ref in self.composed().items()}

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
        message: str = self.status["message"]
        return message

    @property
    def ready(self) -> bool:
        """Whether the NodeApp is Ready."""
        return self.condition("Ready").status == "True"

    def condition(self, type_: str) -> StatusCondition:
        """A condition of the NodeApp."""
        condition = get_condition(self.claim, type_)
        assert condition, f"no condition {type_}"
        return StatusCondition(condition["status"], condition["reason"], condition.get("message", ""))

    @property
    def types(self) -> set[str]:
        """The types of the NodeApp's conditions, but for Crossplane's own."""
        types = {c["type"] for c in self.status.get("conditions", [])}
        return types - set(SYSTEM_CONDITIONS)

    @property
    def events(self) -> list[KubernetesEvent]:
        """All events that the function ever sent about this NodeApp."""
        return [event for done in self.rounds for event in done.events]


def asked(manifest: Manifest) -> Manifest:
    """An object without status and without metadata that changes with every write."""
    volatile = ("managedFields", "resourceVersion", "generation")
    metadata = {key: item for key, item in manifest["metadata"].items() if key not in volatile}
    return {key: item for key, item in manifest.items() if key != "status"} | {"metadata": metadata}
