"""Recordings of a real control plane, replayed on the simulator: the function must get equal requests.

The function's answers are those recorded too, so that only the simulator is judged. What people and
operators did in between is read from the requests themselves: the NodeApp's spec and annotations, the
Platform, Clusters that were looked up and found, objects that went, and the status of the others.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, Self

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

from function.api.names import HASH, PLATFORM
from function.api.nodeapp import KEYS
from function.edge.fn import FunctionRunner
from tests import recordings
from tests.simulated.api_server import Ref
from tests.simulated.composed_resources import CLAIM_NAME, CLAIM_NAMESPACE, machinery
from tests.simulated.composition_pipeline import Call
from tests.simulated.operators import Operator
from tests.simulated.server_side_apply import Manifest
from tests.simulated.struct_codec import manifest as decoded
from tests.simulator import World

REFERENCES = "resourceRefs"
CLOCKED = "Responsive"
"""Condition of Crossplane's circuit breaker, which goes by the clock: the simulator has none."""


class Recording(NamedTuple):
    """The calls between a control plane and the function about one app."""

    claim: Manifest
    """The NodeApp as first applied."""
    platform: Manifest
    """The Platform's spec."""
    calls: list[Call]

    @classmethod
    def load(cls, name: str) -> Self:
        """A recording on file."""
        platform, events = recordings.load(name)
        calls = [parse_call(event) for event in events if "request" in event]
        xr = decoded(calls[0].request.observed.composite.resource)
        metadata = {"name": labels(xr)[CLAIM_NAME], "namespace": labels(xr)[CLAIM_NAMESPACE]}
        spec = next(event["claim"] for event in events if "claim" in event)
        return cls({"metadata": metadata, "spec": spec}, platform, calls)

    def reconciles(self) -> Iterator[list[Call]]:
        """The calls of each reconcile. The first one has only the bootstrap requirement answered."""
        calls: list[Call] = []
        for call in self.calls:
            if calls and set(call.request.required_resources) <= {PLATFORM}:
                yield calls
                calls = []
            calls.append(call)
        yield calls


class Player(FunctionRunner):
    """Answers as the function did when it was recorded."""

    def __init__(self, calls: list[Call]) -> None:
        """It answers each call once, in order."""
        super().__init__()
        self.answers = iter([call.response for call in calls])

    def run(self, data: bytes) -> bytes:  # noqa: ARG002  # It is compared later.
        """The next answer; nothing at all once there is none left."""
        return next(self.answers, fnv1.RunFunctionResponse()).SerializeToString()


def parse_call(event: Mapping[str, Any]) -> Call:
    """A call from protobuf's JSON mapping."""
    return Call(
        json_format.ParseDict(event["request"], fnv1.RunFunctionRequest()),
        json_format.ParseDict(event["response"], fnv1.RunFunctionResponse()),
    )


def replay(recording: Recording) -> list[str]:
    """The differences between what the simulator showed the function and the recording, one sentence each."""
    world = started(recording)
    world.pipeline.runner = Player(recording.calls)
    different = []
    for number, calls in enumerate(recording.reconciles()):
        follow(world, calls)
        simulated = world.reconcile().calls
        different += [f"reconcile {number}: {line}" for line in compare(calls, simulated)]
    return different


def started(recording: Recording) -> World:
    """A simulated cluster as the recorded one was in the beginning."""
    metadata = recording.claim["metadata"]
    xr = decoded(recording.calls[0].request.observed.composite.resource)
    style: Literal["classic", "modern"] = "classic" if xr["kind"].startswith("X") else "modern"
    name, namespace = metadata["name"], metadata["namespace"]
    return World(recording.claim["spec"], recording.platform, name=name, namespace=namespace, style=style)


def follow(world: World, calls: list[Call]) -> None:
    """Bring the world into the state in which a recorded reconcile began."""
    request = calls[0].request
    xr = decoded(request.observed.composite.resource)
    platforms = [decoded(r.resource) for r in request.required_resources[PLATFORM].items]
    world.govern(platforms[0]["spec"] if platforms else None)
    annotations = xr["metadata"].get("annotations", {})
    world.annotations = {key: text for key, text in annotations.items() if key.startswith("platform.io/")}
    world.ask({key: xr["spec"][key] for key in KEYS if key in xr["spec"]})
    observed = {key: decoded(r.resource) for key, r in request.observed.resources.items()}
    for key in sorted(world.keys - set(observed)):
        world.lose(key)
    for key, manifest in observed.items():
        world.play(key, as_recorded(manifest.get("status")))
    look_up(world, calls)


def look_up(world: World, calls: list[Call]) -> None:
    """What was looked up is there, or not, as it was recorded: operators work at their own pace."""
    asked = {name: each for call in calls for name, each in call.response.requirements.resources.items()}
    for name, answer in calls[-1].request.required_resources.items():
        for manifest in [decoded(r.resource) for r in answer.items if name != PLATFORM]:
            if world.server.get(Ref.of(manifest)) is None:
                world.apply(without_server_fields(manifest))
        if name in asked and not answer.items:
            absent = Ref(asked[name].kind, asked[name].namespace, asked[name].match_name)
            if world.server.get(absent):
                world.server.forget(absent)


def without_server_fields(manifest: Manifest) -> Manifest:
    """An object as someone may have applied it."""
    kept = ("name", "namespace", "labels", "annotations", "ownerReferences")
    metadata = {key: item for key, item in manifest["metadata"].items() if key in kept}
    return manifest | {"metadata": metadata}


def as_recorded(status: Manifest | None) -> Operator:
    """An operator that writes what was recorded."""
    return lambda manifest: manifest | ({"status": status} if status is not None else {})


def compare(recorded: list[Call], simulated: list[Call]) -> Iterator[str]:
    """What differs between two reconciles, but for what no two control planes share."""
    if len(recorded) != len(simulated):
        yield f"{len(simulated)} calls, recorded were {len(recorded)}"
    for number, (theirs, ours) in enumerate(zip(recorded, simulated, strict=False)):
        one, two = visible(theirs.request), visible(ours.request)
        for what in one:
            if one[what] != two[what]:
                yield f"call {number}: {what}: {two[what]!r}, recorded was {one[what]!r}"


def visible(request: fnv1.RunFunctionRequest) -> dict[str, Any]:
    """Everything in a request that the function's response can depend on."""
    xr = decoded(request.observed.composite.resource)
    observed = {key: decoded(r.resource) for key, r in request.observed.resources.items()}
    return {
        "observed keys": sorted(observed),
        "hashes": {key: m["metadata"].get("annotations", {}).get(HASH) for key, m in observed.items()},
        "owned fields": {key: owned(m) for key, m in sorted(observed.items())},
        "answers": {name: len(matches.items) for name, matches in sorted(request.required_resources.items())},
        "spec keys": sorted(key for key in {**xr["spec"], **machinery(xr)} if key != REFERENCES),
        "references": sorted((r["kind"], reference_name(xr, r)) for r in machinery(xr).get(REFERENCES, [])),
        "labels": sorted(label for label in (CLAIM_NAME, CLAIM_NAMESPACE) if label in labels(xr)),
        "conditions": sorted(
            (c["type"], c["status"], c.get("reason", ""))
            for c in xr.get("status", {}).get("conditions", [])
            if c["type"] != CLOCKED
        ),
        "status keys": sorted(key for key in xr.get("status", {}) if key != "conditions"),
        "desired": sorted(request.desired.resources),
    }


def owned(manifest: Manifest) -> list[str]:
    """Which fields of an object's spec Crossplane owns, to the first level."""
    managers = manifest["metadata"].get("managedFields", [])
    ours = (m for m in managers if m["manager"].startswith("apiextensions.crossplane.io/composed/"))
    return sorted({key for m in ours for key in m.get("fieldsV1", {}).get("f:spec", {})})


def reference_name(xr: Manifest, reference: Mapping[str, Any]) -> str:
    """A reference's name; those that Crossplane makes up differ between control planes."""
    name: str = reference["name"]
    return "generated" if name.startswith(f"{xr['metadata']['name']}-") else name


def labels(manifest: Manifest) -> Manifest:
    """An object's labels."""
    by_name: Manifest = manifest["metadata"].get("labels", {})
    return by_name
