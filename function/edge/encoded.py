"""The objects of a reply as the response has them: encoded, each with its readiness, and compressed."""

from collections.abc import Mapping
from typing import Any

from lz4 import block  # type: ignore[import-untyped]  # It has no types.

from function.edge import wire
from function.edge.remembered import Reply
from function.edge.response import ready
from function.edge.structs import struct
from function.place import Manifest
from function.plan import Plan
from function.report import Why


def objects(plan: Plan, manifests: Mapping[str, Manifest] | None, problems: Why, last: Reply | None) -> bytes:
    """The objects of a plan. `problems`: why each isn't ready.

    `last`: the last reply, or without manifests a reply with the same plan.
    """
    if manifests is not None:
        return compressed(made(plan, manifests, last), problems)
    if last is None:
        msg = "neither the plan's manifests nor a reply with them"
        raise ValueError(msg)
    if all(bool(problem) == bool(last.problems[key]) for key, problem in problems.items()):
        return last.objects
    return compressed(wire.Response.FromString(decompressed(last.objects)), problems)


def made(plan: Plan, manifests: Mapping[str, Manifest], last: Reply | None) -> Any:
    """A Response with the objects of a new plan. One that is as in the last reply isn't encoded again."""
    response = wire.Response.FromString(decompressed(last.objects) if last else b"")
    resources = response.desired.resources
    former = last.planned.plan.expectations if last and last.planned else {}
    for key in former.keys() - manifests.keys():
        del resources[key]
    for key, expected in plan.expectations.items():
        if key not in former or former[key].stamp != expected.stamp:
            resources[key].resource = struct(manifests[key]).SerializeToString(deterministic=True)
    return response


def compressed(response: Any, problems: Why) -> bytes:
    """A Response with objects, after each is marked as ready or not."""
    resources = response.desired.resources
    for key, problem in problems.items():
        resources[key].ready = ready(problem is None)
    data: bytes = block.compress(response.SerializeToString(deterministic=True))
    return data


def decompressed(objects: bytes) -> bytes:
    """An encoded Response with objects."""
    data: bytes = block.decompress(objects)
    return data


NONE = compressed(wire.Response(), {})
"""Of a reply without objects."""
