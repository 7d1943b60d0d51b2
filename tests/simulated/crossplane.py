"""Crossplane's reconciler of composite resources, after v2.3.4's apiextensions/composite."""

from collections.abc import Callable, Mapping

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf.struct_pb2 import Struct

from tests.simulated.api_server import ApiServer, Invalid, Ref, Refused
from tests.simulated.composed_resources import (
    KEY,
    controller,
    labelled,
    machinery,
    owner_name,
    partial,
    reference,
    referring,
    rendered,
)
from tests.simulated.composition_pipeline import ComposeError, Pipeline
from tests.simulated.conditions import SYSTEM_CONDITIONS, condition, set_condition
from tests.simulated.rounds import Round, event
from tests.simulated.server_side_apply import Manifest
from tests.simulated.struct_codec import manifest as decoded

COMPOSITION = "apiextensions.crossplane.io/composite"
"""Who writes the XR's references and status."""
STEP = "compose"
STATUSES = {fnv1.STATUS_CONDITION_TRUE: "True", fnv1.STATUS_CONDITION_FALSE: "False"}


class Crossplane:
    """Makes an XR's desired state the cluster's."""

    def __init__(self, server: ApiServer, pipeline: Pipeline) -> None:
        """It works on one server."""
        self.server, self.pipeline = server, pipeline
        self.meanwhile: list[Callable[[], None]] = []
        """What happens once while the function is asked."""
        self.read: dict[bytes, Manifest] = {}
        """Desired objects as they were read: most of them don't change between two calls."""

    def reconcile(self, ref: Ref) -> Round:
        """Observe, ask, apply, and write the status."""
        self.server.ticks += 1
        self.server.update(ref, "crossplane", labelled)
        xr, done = self.server.objects[ref], Round()
        conditions = [*xr.get("status", {}).get("conditions", [])]
        conditions = self.mark(conditions, xr, condition("Responsive", "True", "WatchCircuitClosed"))
        try:
            observed = self.observe(xr)
            done.calls = self.pipeline.run(xr, observed)
            while self.meanwhile:
                self.meanwhile.pop()()
            done.events = [event(r) for r in done.response.results if r.severity != fnv1.SEVERITY_FATAL]
            self.apply(xr, observed, done)
        except ComposeError as error:
            done.error = f"cannot compose resources: {error}"
            done.events = done.events if done.calls and done.fatal is not None else []
            self.failed(ref, conditions, done)
        else:
            self.succeeded(ref, conditions, done)
        return done

    def observe(self, xr: Manifest) -> dict[str, Manifest]:
        """What is in the XR's references, exists, and isn't controlled by another, by key."""
        observed = {}
        for to in machinery(xr).get("resourceRefs", []):
            namespace = xr["metadata"].get("namespace") or to.get("namespace", "")
            composed = self.server.get(Ref(to["kind"], namespace, to["name"]))
            if composed is None or (controller(composed) or xr["metadata"]["uid"]) != xr["metadata"]["uid"]:
                continue
            key = composed["metadata"].get("annotations", {}).get(KEY)
            if key is None:
                message = "cannot observe a composed resource without a name annotation"
                raise ComposeError(message)
            observed[key] = composed
        return observed

    def apply(self, xr: Manifest, observed: Mapping[str, Manifest], done: Round) -> None:
        """Delete what isn't desired any more, remember what is, and apply it. Raises ComposeError."""
        if done.fatal is not None:
            message = f'pipeline step "{STEP}" returned a fatal result: {done.fatal}'
            raise ComposeError(message)
        desired = {
            key: rendered(xr, key, self.decoded(r.resource), observed.get(key))
            for key, r in sorted(done.response.desired.resources.items())
        }
        for key in sorted(set(observed) - set(desired)):
            try:
                self.server.delete(Ref.of(observed[key]))
            except Refused as refusal:
                message = f"cannot garbage collect composed resources: {refusal}"
                raise ComposeError(message) from refusal
            done.deleted.append(key)
        references = sorted((reference(xr, m) for m in desired.values()), key=lambda r: sorted(r.items()))
        self.server.apply(partial(xr, referring(xr, references)), COMPOSITION)
        for key, manifest in desired.items():
            try:
                self.server.apply(manifest, owner_name(xr))
            except Invalid as problem:
                done.refused[key] = str(problem)

    def decoded(self, resource: Struct) -> Manifest:
        """A desired object. Nobody changes what it returns."""
        data = resource.SerializeToString(deterministic=True)
        if data not in self.read:
            self.read[data] = decoded(resource)
        return self.read[data]

    def failed(self, ref: Ref, conditions: list[Manifest], done: Round) -> None:
        """Only conditions change: those in the response are set, all others become Unknown."""
        xr = self.server.objects[ref]
        conditions = self.mark(conditions, xr, condition("Synced", "False", "ReconcileError", done.error))
        sent = list(done.response.conditions) if done.calls and done.fatal is not None else []
        status = xr.get("status", {})
        conditions, types = self.custom(conditions, status.get("claimConditionTypes", []), sent)
        given = {c.type for c in sent}
        message = "A fatal error occurred before the status of this condition could be determined."
        for old in conditions:
            if old["type"] not in SYSTEM_CONDITIONS and old["type"] not in given:
                conditions = self.mark(
                    conditions, xr, condition(old["type"], "Unknown", "FatalError", message)
                )
        self.write(
            ref, status | {"conditions": conditions} | ({"claimConditionTypes": types} if types else {})
        )

    def succeeded(self, ref: Ref, conditions: list[Manifest], done: Round) -> None:
        """The status is replaced by the response's, and Crossplane's own conditions are set."""
        xr, response = self.server.objects[ref], done.response
        status = decoded(response.desired.composite.resource).get("status", {})
        types = xr.get("status", {}).get("claimConditionTypes", [])
        conditions, types = self.custom(conditions, types, list(response.conditions))
        synced = condition("Synced", "True", "ReconcileSuccess")
        if done.refused:
            unsynced = f"Unsynced resources: {', '.join(sorted(done.refused))}"
            synced = condition("Synced", "False", "ReconcileError", unsynced)
        conditions = self.mark(conditions, xr, synced)
        conditions = self.mark(conditions, xr, readiness(response.desired))
        self.write(
            ref, status | {"conditions": conditions} | ({"claimConditionTypes": types} if types else {})
        )

    def custom(
        self, conditions: list[Manifest], types: list[str], sent: list[fnv1.Condition]
    ) -> tuple[list[Manifest], list[str]]:
        """The conditions with the function's own set, and those that the claim gets too."""
        for c in sent:
            if c.type not in SYSTEM_CONDITIONS:
                new = condition(c.type, STATUSES.get(c.status, "Unknown"), c.reason, c.message)
                conditions = set_condition(conditions, new, self.server.now())
                if c.target == fnv1.TARGET_COMPOSITE_AND_CLAIM and c.type not in types:
                    types = [*types, c.type]
        return conditions, types

    def mark(self, conditions: list[Manifest], xr: Manifest, new: Manifest) -> list[Manifest]:
        """Set a condition for the XR's generation."""
        return set_condition(conditions, new, self.server.now(), xr["metadata"]["generation"])

    def write(self, ref: Ref, status: Manifest) -> None:
        """Write the XR's status."""
        self.server.update(ref, COMPOSITION, lambda xr: xr | {"status": status}, "status")


def readiness(desired: fnv1.State) -> Manifest:
    """Crossplane's Ready condition: what the function says, else whether all of it is."""
    unready = sorted(key for key, r in desired.resources.items() if r.ready != fnv1.READY_TRUE)
    match desired.composite.ready:
        case fnv1.READY_TRUE:
            return condition("Ready", "True", "Available")
        case fnv1.READY_FALSE:
            return condition("Ready", "False", "Creating")
        case _ if unready:
            return condition("Ready", "False", "Creating", f"Unready resources: {', '.join(unready)}")
        case _:
            return condition("Ready", "True", "Available")
