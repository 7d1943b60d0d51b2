"""CloudNativePG's webhooks admit what the machine's lives write, in that order."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.machine.lives import Classic, Modern
from tests.operator.journal import lives
from tests.operator.judge import repeat
from tests.plane.api import Api

LIVES = settings(
    max_examples=25,
    stateful_step_count=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""The same lives each time. A shorter one isn't looked for: tests/test_machine.py does that."""


@pytest.mark.parametrize("machine", [Classic, Modern])
def test_lives_are_admitted(api: Api, machine: type[RuleBasedStateMachine]) -> None:
    """What the machine's lives write is admitted: upheavals, edits by hand and reverts too."""
    servers = lives(lambda: run_state_machine_as_test(machine, settings=LIVES))
    assert len(servers) >= LIVES.max_examples
    for number, server in enumerate(servers):
        repeat(api, server.journal, f"life {number}")
