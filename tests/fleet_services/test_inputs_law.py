"""Whatever happens to an organisation's repositories, in whatever order, no deployed app goes by mistake."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fleet_services.discovery.inputs import Before, Doubt, Input, decide, marked
from fleet_services.github.repositories import REPOSITORIES
from tests.fleet_services.github import deployed, repository

NAMES = ("a", "b", "c")
Listed = dict[str, Any] | None
STATES: dict[str, Callable[[int, str], Listed]] = {
    "marked": deployed,
    "archived": lambda number, name: deployed(number, name, archived=True),
    "topic gone": lambda number, name: repository(number, f"{name}-deploy", "team-web"),
    "no team": lambda number, name: repository(number, f"{name}-deploy", "flux-managed"),
    "odd name": lambda number, name: repository(number, name, "flux-managed", "team-web"),
    "gone": lambda number, name: None,
}
ORGANISATIONS = st.lists(
    st.tuples(st.sampled_from(sorted(STATES)), st.sampled_from(NAMES)), min_size=4, max_size=4
).map(lambda each: [STATES[state](number, name) for number, (state, name) in enumerate(each, 1)])
"""Four repositories, of which some have the same name: GitHub gives a name again after a rename."""


@given(
    st.lists(
        st.tuples(
            ORGANISATIONS, st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES), max_size=1)
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=200, deadline=None)
def test_no_deployed_app_goes_by_mistake(
    days: list[tuple[list[dict[str, Any] | None], set[str], set[str]]],
) -> None:
    """It goes if it is listed as removed and its repository isn't marked, or if the registry has it."""
    known: tuple[Input, ...] = ()
    for organisation, removed, registered in days:
        listed = REPOSITORIES.validate_python(list(filter(None, organisation)))
        entries = {name: f"https://git.acme.dev/{name}" for name in registered}
        try:
            answer = decide(listed, Before(known, entries), removed).inputs
        except Doubt:
            assert known
            assert not any(map(marked, listed))
            continue
        wanted = {str(each.id) for each in listed if marked(each)}
        for app in known:
            on_purpose = app.name in registered or (app.name in removed and app.id not in wanted)
            after = [each for each in answer if each.id == app.id]
            assert [each.name for each in after] == ([] if on_purpose else [app.name])
        assert len({each.name for each in answer}) == len({each.id for each in answer}) == len(answer)
        assert not {each.name for each in answer} & registered
        known = tuple(answer)
