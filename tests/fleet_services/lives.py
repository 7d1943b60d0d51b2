"""Lives of an app that the services judge."""

from tests.simulated.simulation import Style
from tests.simulator import APP, World

DEV = APP | {"environment": "dev"}
BAD = DEV | {"backend": {"image": "ghcr.io/acme/back:1.0.0", "env": {"PORT": "1"}}}


def running(style: Style = "classic") -> World:
    """An app that runs as asked."""
    world = World(DEV, style=style).settle()
    assert world.ready
    return world
