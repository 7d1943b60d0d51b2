"""Many variables that refer to many others: an app with them is judged as quickly as another."""

import pytest

from function.api.process import Process
from function.components.references import circles, references
from tests.ends import ends

PROCESSES = 48
"""Workers and jobs that an app may have, each with the backend's variables."""
NAMES = [f"V{number}" for number in range(128)]
LATER = {name: "".join(f"$({other})" for other in NAMES[at + 1 :]) for at, name in enumerate(NAMES)}
"""Each refers to all that come later."""
ROUND = {name: "".join(f"$({other})" for other in NAMES if other != name) for name in NAMES}
"""Each refers to all others."""
OPEN = dict.fromkeys(NAMES, "$(" * 2048)
"""References without an end, which are text."""


@pytest.mark.parametrize("given", [LATER, ROUND, OPEN])
def test_references_are_followed_quickly(given: dict[str, str]) -> None:
    """However many there are, and however many workers and jobs have them."""
    asked = Process(env={"A": "$(V0)", "B": "$(V1)"})
    references.cache_clear()
    with ends():
        for _ in range(PROCESSES):
            assert circles("workers.mail", asked, given, whole=False) == []
        assert bool(circles("backend", Process(env=given), {}, whole=False)) == (given is ROUND)


def test_what_leads_to_a_circle_is_not_on_it() -> None:
    """The sentence names the shortest circle that the app's own variables are on."""
    given = {"P": "$(Q)", "Q": "$(P)"}
    assert circles("backend", Process(env={"A": "$(P)"}), given, whole=False) == []
    [says] = circles(
        "backend", Process(env={"A": "$(P)$(B)", "B": "$(C)$(A)", "C": "$(A)"}), given, whole=False
    )
    assert says.startswith("spec.backend.env.A: must not refer to itself, as in A → B → A; ")


def test_a_name_is_what_stands_before_the_next_bracket() -> None:
    """As in Kubernetes. Without a bracket, and behind $$, nothing is a reference."""
    assert references("$(A)$(B $(C)-$(A)$$(D)$(E") == ("A", "B $(C")
