"""While a commit is refused, what is said of the spec in force stays true."""

from typing import Any

import pytest

from function.edge.asked import answer
from function.read import condition
from tests.requests import composite, request
from tests.simulator import BACKED_UP, STORED, StatusCondition, World

BREACH = f"spec.ingress.host: the generated name {'n' * 40}--{'s' * 30} has more than 63 characters; set host"


def test_breach_of_the_spec_in_force_is_told_while_another_one_is_refused() -> None:
    """PolicyCompliant speaks of what runs."""
    world = World(BACKED_UP | {"ingress": {}}, STORED, name="n" * 40, namespace="s" * 30).settle()
    world.govern(STORED | {"domain": "acme.dev"}).settle()
    breach = StatusCondition("False", "Breach", f"would be refused today: {BREACH}")
    assert world.condition("PolicyCompliant") == breach
    world.edit(team="Not A Label").settle()
    assert world.condition("Accepted").status == "False"
    assert world.condition("PolicyCompliant") == breach
    world.govern(STORED).settle()
    assert world.condition("PolicyCompliant") == StatusCondition("True", "Compliant", "")


@pytest.mark.parametrize(
    ("part", "field", "good", "alike"),
    [
        ("ingress", "tls", True, 1),
        ("ingress", "tls", False, 0),
        ("backend", "replicas", 1, True),
        ("frontend", "replicas", 0, False),
        ("database", "hibernate", False, 0),
        ("database", "era", 1, True),
    ],
)
def test_value_that_only_looks_alike_is_another_one(part: str, field: str, good: Any, alike: Any) -> None:
    """Python takes True for 1. The commit is refused, and the app goes on as accepted: nothing is FATAL."""
    accepted, asked = (BACKED_UP | {part: BACKED_UP[part] | {field: value}} for value in (good, alike))
    before = answer(request(composite(accepted)))["desired"]["resources"]
    observed = {key: each["resource"] for key, each in before.items()}
    response = answer(request(composite(asked, status={"accepted": accepted}), observed))
    assert "SEVERITY_FATAL" not in [result["severity"] for result in response["results"]]
    told = condition({"status": response}, "Accepted")
    assert told["message"].endswith("; the spec accepted before stays in force")
    status = response["desired"]["composite"]["resource"]["status"]
    assert (status["accepted"], status["refused"]) == (accepted, asked)
    assert response["desired"]["resources"].keys() == before.keys()
