"""What must be true of every response, whatever happens."""

from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.edge.fn import FunctionRunner
from tests.simulated.composition_pipeline import call
from tests.simulated.rounds import Round
from tests.simulator import World

REASONS_WITHOUT_EVENT = {
    "Progressing",
    "NoImage",
    "LookingUp",
    "WaitingForDatabase",
    "WaitingForMigration",
}
"""Reasons that cause no Warning event."""
FATAL_REASONS = {"Refused", "PlatformMissing", "InvalidPlatform", "OlderFunction"}
"""Reasons with which a response may be FATAL."""


def check_complete(done: Round, world: World) -> None:
    """A response is FATAL or complete, and the API server refuses nothing of it.

    The exception is a Usage that a former XR left behind: it goes on protecting its object until somebody
    deletes it.
    """
    if done.fatal is not None:
        [condition] = done.response.conditions
        assert condition.reason in FATAL_REASONS, done.fatal
        assert not done.response.desired.resources
        return
    assert done.error == "" or ("in-use by" in done.error and left_behind(world))
    assert done.refused == {}
    assert done.response.desired.composite.ready != fnv1.READY_UNSPECIFIED
    assert all(r.ready != fnv1.READY_UNSPECIFIED for r in done.response.desired.resources.values())


def check_memo(done: Round) -> None:
    """A function without a memo gives the same response, byte for byte."""
    for each in done.calls:
        again = call(FunctionRunner(memo=False), each.request)
        assert data(again) == data(each.response), "the response without the memo differs"


def left_behind(world: World) -> bool:
    """Whether there is a Usage that belongs to no XR."""
    usages = (m for ref, m in world.server.objects.items() if ref.kind.endswith("Usage"))
    return any(not m["metadata"].get("ownerReferences") for m in usages)


def check_warnings(done: Round, former_statuses: dict[str, str]) -> None:
    """There is a Warning if a condition was good or new and isn't good now, and only then."""
    turned = {
        c.reason
        for c in done.response.conditions
        if c.status == fnv1.STATUS_CONDITION_FALSE and former_statuses.get(c.type, "True") == "True"
    }
    warnings = {event.reason for event in done.events if event.type == "Warning"}
    assert warnings == turned - REASONS_WITHOUT_EVENT


def data(message: fnv1.RunFunctionResponse) -> bytes:
    """A response as bytes that are equal where it is equal."""
    return message.SerializeToString(deterministic=True)
