"""Which team owns an app: any that it names, or the one of its namespace, where the Platform says so."""

from typing import Any

import pytest

from function.api.names import TEAM
from tests.simulator import APP, World


def refusal(world: World) -> str:
    """Why a spec is refused; empty if it is accepted."""
    condition = world.settle().condition("Accepted")
    return condition.message if condition.status == "False" else ""


def governed(team: str | None, style: Any = "classic", **more: Any) -> World:
    """An app of team web under a Platform that takes the team from the namespace, which has this label."""
    world = World(APP, {"teamFromNamespace": True} | more, style=style)
    labels = {TEAM: team} if team else {}
    world.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": labels}})
    return world


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_team_is_the_one_of_the_namespace(style: Any) -> None:
    """Where the Platform takes the team from the namespace, no app of another team is accepted there."""
    assert refusal(governed("web", style)) == ""
    world = governed("payments", style)
    assert (
        refusal(world)
        == "spec.team: must be payments, as the label platform.io/team of namespace shop says, not web"
    )
    assert world.keys == set()
    assert world.edit(team="payments").settle().ready


def test_namespace_without_a_team_has_no_apps() -> None:
    """A namespace that nobody labelled isn't open to every team."""
    assert refusal(governed(None)) == (
        "spec.team: the Platform takes the team from the label platform.io/team of namespace shop, which "
        "isn't there; the platform team must set it to web"
    )


def test_team_is_free_unless_the_platform_says_so() -> None:
    """Without teamFromNamespace the label of a namespace decides nothing, and isn't looked up."""
    world = governed("payments", teamFromNamespace=False)
    assert refusal(world) == ""
    assert "namespace" not in world.reconcile().response.requirements.resources


def test_app_keeps_running_when_its_namespace_changes_hands() -> None:
    """A new label on the namespace stops no app: the condition PolicyCompliant says what to change."""
    world = governed("web").settle()
    labels = {TEAM: "payments"}
    world.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": labels}})
    world.settle()
    assert world.condition("Accepted").status == "True"
    assert world.condition("PolicyCompliant").reason == "Breach"
