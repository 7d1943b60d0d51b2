"""Goldens: one file a behaviour. What is given, and the whole response to it.

A file is two YAML documents. The first is written by hand:

    about     one sentence: the rule that this shows
    platform  the Platform's spec; absent: there is none
    namespace where the NodeApp is; absent: dashboard
    earlier   objects that an earlier step of the pipeline desires, and doesn't mark as ready: by key
    others    apps with archives in the same object store: name, namespace, nodeapp, platform if it differs
    there     objects that exist already, as somebody else's
    before    the NodeApp's spec that runs, healthy; absent: nothing does
    steps     what happens then, one after the other: the words are those of tests/case_steps.py
    lost      keys of composed objects that vanish then
    notes     annotations of the NodeApp
    nodeapp   the NodeApp's spec; absent: as it was before
    settled   whether to look at it once it runs; else at the first response
    right     what must be so, in a tree: see tests/compare/right.py

The second is the response, and is generated. The cases in tests/compared/ have none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from crossplane.function import resource
from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.read import plain
from tests.case_steps import apply, take
from tests.simulated.composition_pipeline import Runner
from tests.simulated.rounds import Round
from tests.simulated.server_side_apply import Manifest
from tests.simulated.struct_codec import struct
from tests.simulator import World

CASES = Path(__file__).parent / "cases"
NAME = "dashboard"


@dataclass(frozen=True)
class Played:
    """A case that was played to its end."""

    world: World
    before: Mapping[str, Manifest]
    """What `before` composed, by key."""
    rounds: Sequence[Round]
    """The reconciles since then. The last one's response is looked at."""

    @property
    def last(self) -> Round:
        """The last reconcile."""
        return self.rounds[-1]

    @property
    def deleted(self) -> set[str]:
        """The keys of objects that Crossplane deleted."""
        return {key for done in self.rounds for key in done.deleted}


def play(case: Mapping[str, Any], runner: Runner | None = None) -> Played:
    """Play what is given, with the function of this tree or with another one."""
    spec, namespace = case.get("before") or case["nodeapp"], case.get("namespace", NAME)
    world = cluster(spec, case.get("platform"), runner, namespace=namespace)
    world.pipeline.earlier = {key: struct(manifest) for key, manifest in case.get("earlier", {}).items()}
    for other in case.get("others", ()):
        place = {key: other[key] for key in ("name", "namespace")}
        settings = other.get("platform", case.get("platform"))
        neighbor = cluster(other["nodeapp"], settings, runner, **place).settle()
        world.cnpg.archives.update(neighbor.cnpg.archives)
    for manifest in case.get("there", ()):
        apply(world, manifest)
    if "before" in case:
        world.settle()
    before, begun = world.state, len(world.rounds)
    for step in case.get("steps", ()):
        take(world, step)
    for key in case.get("lost", ()):
        world.lose(key)
    world.annotations |= case.get("notes", {})
    world.ask(case.get("nodeapp", world.spec))
    if case.get("settled"):
        world.settle()
    world.reconcile()
    return Played(world, before, world.rounds[begun:])


def cluster(
    spec: Manifest, platform: Manifest | None, runner: Runner | None, name: str = NAME, namespace: str = NAME
) -> World:
    """A cluster with one app, not yet reconciled."""
    world = World(spec, platform, name=name, namespace=namespace)
    if runner is not None:
        world.pipeline.runner = runner
    return world


def response(case: Mapping[str, Any]) -> fnv1.RunFunctionResponse:
    """The response to what is given."""
    return play(case).last.response


def shown(response_: fnv1.RunFunctionResponse) -> dict[str, Any]:
    """A response, as people read it: nothing left out but the types of numbers."""
    composite = plain(resource.struct_to_dict(response_.desired.composite.resource))
    return {
        "ready": ready(response_.desired.composite.ready),
        **composite,
        "conditions": [
            {"type": c.type, "status": status(c.status), "reason": c.reason}
            | ({"message": c.message} if c.message else {})
            for c in response_.conditions
        ],
        "events": [
            {"type": fnv1.Severity.Name(r.severity).removeprefix("SEVERITY_").title(), "reason": r.reason}
            | {"message": r.message}
            for r in response_.results
        ],
        "lookups": [
            f"{wanted.kind}.{wanted.api_version} {selected(wanted)}"
            for _, wanted in sorted(response_.requirements.resources.items())
        ],
        "objects": {
            key: {"ready": ready(response_.desired.resources[key].ready)}
            | plain(resource.struct_to_dict(response_.desired.resources[key].resource))
            for key in sorted(response_.desired.resources)
        },
    }


def selected(wanted: fnv1.ResourceSelector) -> str:
    """Which objects a requirement asks for: one, or all with a label."""
    labels = ",".join(f"{key}={value}" for key, value in sorted(wanted.match_labels.labels.items()))
    return labels or f"{wanted.namespace}/{wanted.match_name}"


def ready(mark: fnv1.Ready) -> str:
    """A readiness mark in a word."""
    return fnv1.Ready.Name(mark).removeprefix("READY_").title()


def status(mark: fnv1.Status) -> str:
    """A condition's status as Kubernetes writes it."""
    return fnv1.Status.Name(mark).removeprefix("STATUS_CONDITION_").title()


def given(path: Path) -> str:
    """The part of a case that is written by hand."""
    return path.read_text().partition("\n---\n")[0].rstrip() + "\n"


def played(path: Path) -> dict[str, Any]:
    """What a case's response is now."""
    return shown(response(yaml.safe_load(given(path))))
