"""Which apps are deployed: nothing that is deployed goes by mistake, and people are told."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from fleet_services.discovery.inputs import Before, Doubt, Found, Input, decide
from fleet_services.discovery.names import APP_NAME, app_of, team_of
from fleet_services.github.repositories import REPOSITORIES
from function.api import fields
from tests.fleet_services.github import deployed, repository
from tests.test_form import FIELDS, NAMES, TAKEN, WORDS


def found(
    *listed: dict[str, Any],
    before: Found | None = None,
    removed: tuple[str, ...] = (),
    registered: dict[str, str] | None = None,
) -> Found:
    """What is answered, after an earlier answer."""
    known = Before(tuple(before.inputs) if before else (), registered or {})
    return decide(REPOSITORIES.validate_python(listed), known, set(removed))


def apps(of: Found) -> list[str]:
    """The names that are answered."""
    return [each.name for each in of.inputs]


def test_a_marked_repository_is_an_app() -> None:
    """Its id is one that a new name doesn't change."""
    [only] = found(deployed(7, "shop"), repository(8, "shop-backend", "nodejs")).inputs
    assert only == Input(
        id="7",
        name="shop",
        namespace="shop",
        repository="https://github.com/acme/shop-deploy",
        team="web",
    )


@pytest.mark.parametrize("name", [*NAMES, *TAKEN, *WORDS])
def test_the_form_and_the_discovery_take_the_same_names(name: str) -> None:
    """A topic that somebody sets by hand deploys into no namespace that the form refuses."""
    assert (app_of(f"{name}-deploy") is not None) == Draft7Validator(FIELDS["name"]).is_valid(name)


def test_the_names_are_those_of_the_function() -> None:
    """The pattern is repeated here, because the image of the services hasn't the function."""
    assert APP_NAME == fields.APP_NAME


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        (repository(1, "shop", "flux-managed", "team-web"), "its name isn't <app>-deploy"),
        (repository(1, "kube-system-deploy", "flux-managed", "team-web"), "its name isn't <app>-deploy"),
        (repository(1, "shop-deploy", "flux-managed"), "it needs exactly one topic team-<team>"),
        (repository(1, "shop-deploy", "flux-managed", "team-a", "team-b"), "exactly one topic team-<team>"),
        (repository(1, "shop-deploy", "flux-managed", "team-1"), "exactly one topic team-<team>"),
    ],
)
def test_what_does_not_fit_is_left_out_and_said(listed: dict[str, Any], why: str) -> None:
    """The others are deployed."""
    answer = found(listed, deployed(2, "blog"))
    assert apps(answer) == ["blog"]
    [note] = answer.notes
    assert why in note


def test_a_team_may_be_called_as_it_likes() -> None:
    """What stands after the first team- is its name."""
    assert team_of(["flux-managed", "team-platform-team"]) == "platform-team"


LOST = {
    "archived": ([deployed(1, "shop", archived=True)], "is archived"),
    "disabled": ([deployed(1, "shop", disabled=True)], "is disabled"),
    "topic-taken-away": ([repository(1, "shop-deploy", "team-web")], "lost the topic flux-managed"),
    "deleted": ([], "is gone, or can't be seen any more"),
}


@pytest.mark.parametrize("how", LOST)
def test_a_deployed_app_stays_whatever_happens_to_its_repository(how: str) -> None:
    """It is answered as before, and the note says how to remove it."""
    listed, what = LOST[how]
    before = found(deployed(1, "shop"), deployed(2, "blog"))
    after = found(*listed, deployed(2, "blog"), before=before)
    assert after.inputs == before.inputs
    [note] = after.notes
    assert what in note
    assert "To remove it, list shop as removed" in note


@pytest.mark.parametrize("how", LOST)
def test_a_deployed_app_goes_if_both_say_so(how: str) -> None:
    """The repository isn't marked any more, and the fleet lists the app as removed."""
    before = found(deployed(1, "shop"), deployed(2, "blog"))
    after = found(*LOST[how][0], deployed(2, "blog"), before=before, removed=("shop",))
    assert (apps(after), after.notes) == (["blog"], [])


def test_an_entry_of_the_removed_alone_removes_nothing() -> None:
    """A slip in that list takes no app that its team still marks."""
    before = found(deployed(1, "shop"))
    after = found(deployed(1, "shop"), before=before, removed=("shop",))
    assert apps(after) == ["shop"]
    assert "take the topic away" in after.notes[0]


def test_what_is_listed_as_removed_is_not_deployed_again() -> None:
    """Until it is taken off the list."""
    answer = found(deployed(1, "shop"), removed=("shop",))
    assert (apps(answer), answer.notes) == (
        [],
        ["acme/shop-deploy is not deployed: shop is listed as removed"],
    )


def test_a_renamed_repository_is_the_same_app() -> None:
    """The address follows, because somebody else may take the old name."""
    before = found(deployed(1, "shop"))
    after = found(repository(1, "store-deploy", "flux-managed", "team-web"), before=before)
    [only] = after.inputs
    assert (only.id, only.name, only.namespace) == ("1", "shop", "shop")
    assert only.repository == "https://github.com/acme/store-deploy"
    assert "its app stays shop" in after.notes[0]


def test_of_two_repositories_for_one_app_the_first_stays() -> None:
    """The second one took the name that the first one had."""
    before = found(deployed(1, "shop"))
    after = found(
        repository(1, "store-deploy", "flux-managed", "team-web"), deployed(2, "shop"), before=before
    )
    assert [(each.id, each.name) for each in after.inputs] == [("1", "shop")]
    assert after.notes[-1] == (
        "acme/shop-deploy is not deployed: the app shop is deployed from https://github.com/acme/store-deploy"
    )


def test_an_app_in_the_registry_is_not_answered() -> None:
    """The registry deploys it: two inputs for one app would be applied in turns."""
    before = found(deployed(1, "shop"), deployed(2, "blog"))
    registered = {"shop": "https://github.com/acme/shop-deploy"}
    after = found(deployed(1, "shop"), deployed(2, "blog"), before=before, registered=registered)
    assert (apps(after), after.notes) == (["blog"], [])


def test_a_foreign_repository_takes_no_app_of_the_registry() -> None:
    """And is told."""
    after = found(deployed(1, "shop"), registered={"shop": "https://git.acme.dev/shop"})
    assert apps(after) == []
    assert "the app shop is deployed from https://git.acme.dev/shop" in after.notes[0]


def test_no_repository_at_all_is_a_doubt() -> None:
    """GitHub answers with an empty list when an App's installation loses its rights."""
    before = found(deployed(1, "shop"), deployed(2, "blog"))
    for listed in ([], [repository(1, "shop-deploy"), repository(2, "blog-deploy")]):
        with pytest.raises(Doubt, match=r"2 apps are deployed; if all of them shall go, list each"):
            found(*listed, before=before)
        with pytest.raises(Doubt):
            found(*listed, before=before, removed=("shop",))
        assert apps(found(*listed, before=before, removed=("shop", "blog"))) == []


def test_a_new_organisation_has_no_apps() -> None:
    """An empty list at the beginning is an answer."""
    assert found().inputs == []


def test_the_team_follows_its_topic() -> None:
    """Without one, it stays."""
    before = found(deployed(1, "shop"))
    assert found(deployed(1, "shop", "sales"), before=before).inputs[0].team == "sales"
    assert found(repository(1, "shop-deploy", "flux-managed"), before=before).inputs[0].team == "web"
