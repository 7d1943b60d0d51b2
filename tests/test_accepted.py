"""Which spec is in force: the asked one, the last accepted one, none, or a FATAL that changes nothing."""

from typing import Any

import pytest

from function.api.names import API_VERSION
from tests.simulated.api_server import Ref
from tests.simulated.rounds import KubernetesEvent
from tests.simulator import BACKED_UP as APP
from tests.simulator import STORED, StatusCondition, World

NO_TEAM = {key: value for key, value in APP.items() if key != "team"}
LABEL = "must be a DNS label: lower case letters, digits and -, such as platform-team"
LATEST = "must not be latest: nobody could tell what runs, or go back to it; name a version"
REFUSAL = "spec.team: is required: Team that owns the app"
UNKNOWN = StatusCondition(
    "Unknown", "FatalError", "A fatal error occurred before the status of this condition could be determined."
)
FATAL = 'cannot compose resources: pipeline step "compose" returned a fatal result: '


@pytest.fixture
def world() -> World:
    """An ordinary app, at rest."""
    return World(APP, STORED).settle()


def test_accepted_spec_is_repeated_as_written(world: World) -> None:
    """The status repeats the developer's own part of the spec, for Flux to compare."""
    assert world.status["accepted"] == APP
    assert "refused" not in world.status
    assert world.condition("Accepted") == StatusCondition("True", "Accepted", "")


def test_unknown_keys_at_the_root_are_nobodys_business() -> None:
    """Crossplane and newer versions have keys of their own: they are neither refused nor repeated."""
    assert (
        World(APP | {"compositionSelector": {"matchLabels": {"a": "b"}}}).settle().status["accepted"] == APP
    )


def test_refused_edit_leaves_the_app_as_it_is(world: World) -> None:
    """While an edit is refused, the app goes on as last accepted, and the status says why and what."""
    before = world.state
    world.ask(NO_TEAM).settle()
    assert world.state == before
    message = f"{REFUSAL}; the spec accepted before stays in force"
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)
    assert world.status["accepted"] == APP
    assert world.status["refused"] == NO_TEAM
    assert world.message == message
    assert world.events == [KubernetesEvent("Warning", "Refused", message)]
    assert not world.ready


def test_other_conditions_go_on_while_an_edit_is_refused(world: World) -> None:
    """A refusal hides neither what runs nor what breaks meanwhile."""
    world.ask(NO_TEAM).settle()
    assert world.condition("BackendReady") == StatusCondition("True", "Available", "")
    world.lose("backend-service").reconcile()
    assert world.condition("BackendReady") == StatusCondition(
        "False", "Progressing", "Service not created yet"
    )
    world.settle()
    assert "backend-service" in world.keys


def test_fixed_edit_is_green_again(world: World) -> None:
    """The fix of a refused edit ends the refusal, and nothing of it stays."""
    before = world.status
    world.ask(NO_TEAM).settle().ask(APP).settle()
    assert world.status | {"conditions": []} == before | {"conditions": []}
    assert world.ready


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"team": "Web"}, f"spec.team: {LABEL}, not 'Web'"),
        ({"environment": "qa"}, "spec.environment: the platform has no profile 'qa'; known are dev, prod"),
        ({"backend": None}, "spec: database needs a backend: without one nothing could reach it"),
        ({"backend": {"replicas": 101}}, "spec.backend.replicas: must be at most 100, not 101"),
        ({"backend": {"image": "a:latest"}}, f"spec.backend.image: {LATEST}, not 'a:latest'"),
        ({"database": {"storage": "0.5Gi"}}, "spec.database.storage: must be at least 1Gi, not '0.5Gi'"),
        ({"monitoring": "yes"}, "spec.monitoring: must be true or false, not 'yes'"),
    ],
)  # fmt: skip
def test_refusal_names_field_reason_and_remedy(world: World, changes: dict[str, Any], sentence: str) -> None:
    """Who reads only the refusal knows what to write instead."""
    world.edit(**changes).settle()
    message = f"{sentence}; the spec accepted before stays in force"
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)


def test_first_spec_that_is_refused_composes_nothing() -> None:
    """Where nothing exists a refusal is no FATAL: it says why, and desires nothing."""
    world = World(NO_TEAM).settle()
    assert world.keys == set()
    assert world.rounds[-1].error == ""
    assert world.condition("Accepted") == StatusCondition("False", "Refused", REFUSAL)
    assert world.status["refused"] == NO_TEAM
    assert world.message == REFUSAL
    assert "accepted" not in world.status
    assert not world.ready


def test_first_spec_can_be_fixed() -> None:
    """After a refused first spec the next one is as any."""
    assert World(NO_TEAM).settle().ask(APP).settle().ready


def test_refused_with_something_observed_and_nothing_accepted_is_fatal(world: World) -> None:
    """Where objects exist and no spec for them is known, nothing is touched."""
    before = world.state
    world.wipe_status().ask(NO_TEAM).settle()
    message = f"{REFUSAL}; nothing is changed until it is fixed"
    assert world.rounds[-1].error == FATAL + message
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)
    assert world.state == before
    world.ask(APP).settle()
    assert world.ready
    assert world.rounds[-1].error == ""


def test_fatal_makes_other_conditions_unknown(world: World) -> None:
    """FATAL is the last resort: Crossplane then forgets every other condition, and keeps Ready."""
    world.govern({"domain": "acme.dev"}).settle().govern(None).settle()
    assert world.condition("BackendReady") == UNKNOWN
    assert world.ready
    assert world.condition("Accepted").status == "False"


def test_neither_spec_can_be_read(world: World) -> None:
    """Where the accepted spec can't be read either, the message names both."""
    world.govern({"profiles": {"qa": {}}}).edit(environment="qa").settle().govern({}).ask(NO_TEAM).settle()
    message = (
        f"{REFUSAL}; nor can the spec accepted before be read: "
        "spec.environment: the platform has no profile 'qa'; known are dev, prod; "
        "nothing is changed until it is fixed"
    )
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)
    assert world.rounds[-1].fatal == message


def test_platform_that_is_gone_strips_no_app(world: World) -> None:
    """An app composed with a Platform goes on as it was until the Platform is back."""
    world = World(APP | {"ingress": {}}, {"domain": "acme.dev"}).settle()
    before = world.state
    world.govern(None).settle()
    message = (
        "the Platform default that this app was composed with is gone; nothing is changed until it is "
        "applied again (to do without its settings, apply one with spec: {})"
    )
    assert world.condition("Accepted") == StatusCondition("False", "PlatformMissing", message)
    assert world.state == before
    assert world.status["platform"] == {"name": "default"}
    world.govern({"domain": "acme.dev"}).settle()
    assert world.state == before
    assert world.ready


def test_platform_can_be_given_up_on_purpose() -> None:
    """An empty Platform brings the defaults back."""
    world = World(APP | {"ingress": {}}, {"domain": "acme.dev"}).settle()
    world.govern({}).settle()
    assert "ingress" not in world.keys
    assert world.condition("Accepted").status == "True"


def test_no_platform_at_all_is_fine() -> None:
    """Who never had a Platform misses none, and may get one at any time."""
    world = World().settle()
    assert world.ready
    assert "platform" not in world.status
    assert world.govern({"domain": "acme.dev"}).settle().status["platform"] == {"name": "default"}


def test_wrong_platform_changes_nothing(world: World) -> None:
    """A mistake in the Platform touches no app, and says who has to fix it."""
    before = world.state
    world.govern({"profiles": {"prod": {"replicas": -1}}}).settle()
    message = (
        "Platform default: spec.profiles.prod.replicas: must be at least 0, not -1; "
        "nothing is changed until the platform team fixes it"
    )
    assert world.condition("Accepted") == StatusCondition("False", "InvalidPlatform", message)
    assert world.state == before


def test_typo_in_the_steps_input_changes_nothing(world: World) -> None:
    """The step's input is a Platform too, and nobody else checks it."""
    world.pipeline.input = {"spec": {"domian": "acme.dev"}}
    world.settle()
    wrong = "input.spec.domian: is unknown; did you mean domain?"
    message = f"{wrong}; nothing is changed until the Composition is fixed"
    assert world.condition("Accepted") == StatusCondition("False", "InvalidPlatform", message)


def test_platform_wins_over_the_steps_input() -> None:
    """The step's input is merged under the Platform, field by field."""
    world = World(APP | {"ingress": {}}, {"domain": "acme.dev"})
    world.pipeline.input = {"spec": {"domain": "other.dev", "ingress": {"className": "nginx"}}}
    world.settle()
    assert world.status["url"] == "http://dash-shop.acme.dev"
    assert world.object("ingress")["spec"]["ingressClassName"] == "nginx"


def test_policy_judges_changes() -> None:
    """A spec in force stays in force when the Platform tightens, and the next edit is judged."""
    world = World(APP | {"ingress": {}}, name="n" * 40, namespace="s" * 30).settle()
    world.govern({"domain": "acme.dev"}).settle()
    breach = (
        f"spec.ingress.host: the generated name {'n' * 40}-{'s' * 30} has more than 63 characters; set host"
    )
    assert world.condition("Accepted") == StatusCondition("True", "Accepted", "")
    assert world.condition("PolicyCompliant") == StatusCondition(
        "False", "Breach", f"would be refused today: {breach}"
    )
    world.edit(team="other").settle()
    message = f"{breach}; the spec accepted before stays in force"
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)


def test_name_that_leaves_no_room_is_refused() -> None:
    """An app's name is part of every other name."""
    world = World(name="n" * 41).settle()
    message = (
        f"metadata.name: '{'n' * 41}' must be at most 40 lower case letters, digits and -, begin with a "
        "letter and not end with -; delete it and apply it under another name"
    )
    assert world.condition("Accepted") == StatusCondition("False", "Refused", message)
    assert world.keys == set()


def test_refused_with_nothing_left_says_nothing_good_of_what_there_was(world: World) -> None:
    """Where nothing is composed any more, no condition goes on saying that it is available."""
    world.govern({"profiles": {"qa": {}}}).edit(environment="qa").settle()
    for key in sorted(world.keys):
        world.lose(key)
    world.govern({}).ask(NO_TEAM).settle()
    assert world.keys == set()
    assert world.condition("Accepted").status == "False"
    for type_ in world.types - {"Accepted"}:
        assert world.condition(type_) == StatusCondition("True", "NotApplicable", "")


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
