"""CloudNativePG's webhooks admit what the machine's lives write, in that order."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from tests.machine.app_machine import AppMachine
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


ROUNDS = 4
"""Reconciles after each change."""


class Unchecked(AppMachine):
    """Lives without invariants: tests/test_machine.py checks them."""

    @invariant()
    def check(self) -> None:
        """Only reconcile."""
        for _ in range(ROUNDS):
            self.world.reconcile()


class ClassicLives(Unchecked, Classic):
    """An app behind a claim."""


class ModernLives(Unchecked, Modern):
    """A namespaced composite."""


@pytest.mark.parametrize("machine", [ClassicLives, ModernLives])
def test_lives_are_admitted(api: Api, machine: type[AppMachine]) -> None:
    """What the machine's lives write is admitted: upheavals, edits by hand and reverts too."""
    servers = lives(lambda: run_state_machine_as_test(machine, settings=LIVES))
    assert len(servers) >= LIVES.max_examples
    for number, server in enumerate(servers):
        repeat(api, server.journal, f"life {number}")
