"""What an app may override: the objects that it has, and those that it waits for."""

import pytest

from function.components.optional import KUBERNETES
from tests.clusters import serve
from tests.simulator import APP, STORED, World

PLATFORM = STORED | {"overrides": ["*"], "prometheus": {}, "secretStore": {"name": "vault"}}
SPEC = APP | {"monitoring": True, "backend": APP["backend"] | {"secrets": ["stripe"]}}
COMING = ("database-cluster", "backend-deployment", "backend-podmonitor", "secret-stripe")


@pytest.mark.parametrize("apis", [[], [KUBERNETES]], ids=["everything is installed", "no API is there"])
@pytest.mark.parametrize("key", COMING)
def test_an_object_that_is_still_to_come_may_be_overridden(key: str, apis: list[str]) -> None:
    """From the first call on, whatever is looked up meanwhile, and also where the cluster lacks its API."""
    override = {"metadata": {"labels": {"acme.dev/cost": "42"}}}
    world = serve(World(SPEC | {"overrides": {key: override}}, PLATFORM), *apis)
    for call in world.reconcile().calls:
        [accepted] = [each for each in call.response.conditions if each.type == "Accepted"]
        assert (accepted.reason, accepted.message) == ("Accepted", "")
