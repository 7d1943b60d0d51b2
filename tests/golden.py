"""Goldens: one file a behaviour. What is given, and the whole response to it.

A file is two YAML documents. The first is written by hand:

    about     one sentence: the rule that this shows
    platform  the Platform's spec; absent: there is none
    there     objects that exist already, as somebody else's
    before    the NodeApp's spec that runs, healthy; absent: nothing does
    lost      keys of composed objects that vanish then
    notes     annotations of the NodeApp
    nodeapp   the NodeApp's spec
    settled   whether to look at it once it runs; else at the first response

The second is the response, and is generated.
"""

from pathlib import Path
from typing import Any

import yaml
from crossplane.function import resource
from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.read import plain
from tests.simulator import World

CASES = Path(__file__).parent / "cases"
NAME = "dashboard"


def response(case: dict[str, Any]) -> fnv1.RunFunctionResponse:
    """Play what is given, and the response to it."""
    world = World(case.get("before") or case["nodeapp"], case.get("platform"), name=NAME, namespace=NAME)
    for manifest in case.get("there", ()):
        world.apply(manifest)
    if "before" in case:
        world.settle()
    for key in case.get("lost", ()):
        world.lose(key)
    world.annotations |= case.get("notes", {})
    world.ask(case["nodeapp"])
    if case.get("settled"):
        world.settle()
    return world.reconcile().response


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
            f"{wanted.kind}.{wanted.api_version} {wanted.namespace}/{wanted.match_name}"
            for _, wanted in sorted(response_.requirements.resources.items())
        ],
        "objects": {
            key: {"ready": ready(response_.desired.resources[key].ready)}
            | plain(resource.struct_to_dict(response_.desired.resources[key].resource))
            for key in sorted(response_.desired.resources)
        },
    }


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
