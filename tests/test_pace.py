"""How soon Crossplane is to ask again."""

from typing import Any

import pytest

from function.edge.asked import answer
from tests.requests import composite, request

SPEC = {"team": "a", "backend": {"image": "ghcr.io/acme/shop:1.4.0"}}
ROLLED_OUT = {"replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}
DEAF = {"conditions": [{"type": "Responsive", "status": "False", "reason": "WatchCircuitOpen"}]}


def ttl(status: dict[str, Any], *, rolled_out: bool) -> str:
    """The time to live of the answer to an app that exists, or that is rolled out."""
    xr = composite(SPEC, status=status)
    objects = {key: item["resource"] for key, item in answer(request(xr))["desired"]["resources"].items()}
    objects["backend-deployment"]["status"] = ROLLED_OUT if rolled_out else {}
    ttl: str = answer(request(xr, objects))["meta"]["ttl"]
    return ttl


@pytest.mark.parametrize(
    ("status", "rolled_out", "want"),
    [
        pytest.param({}, True, "600s", id="settled"),
        pytest.param({}, False, "30s", id="rolling-out"),
        pytest.param(DEAF, True, "30s", id="circuit-breaker-open"),
    ],
)
def test_what_may_be_missed_is_looked_for_soon(status: dict[str, Any], rolled_out: bool, want: str) -> None:  # noqa: FBT001
    """Crossplane drops watch events of an app that had many at once, so it is told when to look again."""
    assert ttl(status, rolled_out=rolled_out) == want
