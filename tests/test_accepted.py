"""Which spec is in force: the asked one, the last accepted one, none, or a FATAL that changes nothing."""

from typing import Any

import pytest

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
