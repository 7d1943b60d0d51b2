"""An object that the API server refuses is told, with a command that shows why to whoever types it."""

import pytest

from tests.simulated.simulation import Style
from tests.simulator import APP, World

OWNER = {"kind": "X", "name": "x", "uid": "someone", "controller": True}


@pytest.mark.parametrize(
    ("style", "shown"), [("classic", "XNodeApp dash-x0000"), ("modern", "NodeApp dash -n shop")]
)
def test_the_command_finds_the_composite(style: Style, shown: str) -> None:
    """A namespaced composite is looked for in its namespace."""
    world = World(APP, style=style).settle()
    world.hand_edit("backend-service", {"metadata": {"ownerReferences": [OWNER]}}).settle()
    message = f"Service was refused by the API server: kubectl describe {shown} says why"
    assert world.condition("BackendReady").message == message
