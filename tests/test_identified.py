"""Which app an XR stands for: its name, its namespace, and its kind."""

from typing import Any

import pytest

from function.api.names import API_VERSION
from tests.simulated.api_server import Ref
from tests.simulator import BACKED_UP as APP
from tests.simulator import STORED, StatusCondition, World


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World(APP, STORED).settle()


def test_name_that_leaves_no_room_is_refused() -> None:
    """An app's name is part of every other name."""
    world = World(name="n" * 41).settle()
    message = (
        f"metadata.name: '{'n' * 41}' must be at most 40 lower case letters, digits and -, begin with a "
        "letter and not end with -; delete it and apply it under another name"
    )
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)
    assert world.keys == set()


def composite(kind: str, spec: dict[str, Any]) -> tuple[World, Ref]:
    """An XR that someone made without a claim."""
    world = World()
    xr = {"apiVersion": API_VERSION, "kind": kind, "metadata": {"name": "alone"}, "spec": APP | spec}
    return world, Ref.of(world.apply(xr))


def fatal_condition(world: World, ref: Ref) -> tuple[str, str]:
    """Why reconciling an XR is FATAL: the reason and the message."""
    response = world.crossplane.reconcile(ref).response
    [result], [condition] = response.results, response.conditions
    assert result.message == condition.message
    assert not response.desired.resources
    return condition.reason, condition.message


def test_xr_without_a_namespace_is_fatal() -> None:
    """An XR that stands behind no claim must say where it is to run."""
    reason, message = fatal_condition(*composite("XNodeApp", {}))
    assert reason == "NoNamespace"
    assert message == (
        "XNodeApp alone has no namespace to compose into; create a NodeApp instead, "
        "or label it with crossplane.io/claim-namespace"
    )


def test_xr_finds_its_namespace_by_its_claim_reference() -> None:
    """The claim's labels may be missing: its reference says the same."""
    world, ref = composite("XNodeApp", {"claimRef": {"name": "dash", "namespace": "shop"}})
    response = world.crossplane.reconcile(ref).response
    assert "backend-deployment" in response.desired.resources


def test_namespaced_xr_is_named_as_itself() -> None:
    """No label turns a namespaced NodeApp into another one: its database would be left unprotected."""
    world = World(style="modern").settle()
    before = world.state
    labels = {"crossplane.io/claim-name": "other", "crossplane.io/claim-namespace": "there"}
    world.apply({"apiVersion": API_VERSION, "kind": "NodeApp", "metadata": named(world.ref, labels)})
    world.settle()
    assert (
        world.object("deletion-protection-database")["spec"] == before["deletion-protection-database"]["spec"]
    )
    assert world.object("backend-deployment")["spec"] == before["backend-deployment"]["spec"]


def named(ref: Ref, labels: dict[str, str]) -> dict[str, Any]:
    """Metadata of an object with labels."""
    return {"name": ref.name, "namespace": ref.namespace, "labels": labels}


def test_xr_of_another_kind_is_fatal() -> None:
    """A Composition for another kind is a mistake of the platform's, and told as one."""
    reason, message = fatal_condition(*composite("Shop", {}))
    assert reason == "WrongKind"
    assert message == (
        "this function composes XNodeApp and NodeApp of platform.io/v1, not Shop of platform.io/v1; "
        "fix compositeTypeRef in the Composition"
    )
