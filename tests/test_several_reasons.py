"""One condition of several workers, jobs or Secrets has the reason for which somebody must act."""

import pytest

from function.api.reasons import Reason
from function.components.background import together
from function.report import WAITING, ConditionType

READY = ConditionType("SecretsReady", part="secrets", gates=True)


@pytest.mark.parametrize("waiting", WAITING)
def test_what_somebody_must_do_is_the_reason(waiting: Reason) -> None:
    """What passes by itself is in the message too, but isn't the reason, though it comes first."""
    several = {"a": READY.false(waiting, "waits"), "b": READY.false("NotReady", "has no such entry")}
    assert together(READY, several, "Synced") == READY.false("NotReady", "a: waits; b: has no such entry")
