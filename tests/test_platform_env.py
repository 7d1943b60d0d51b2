"""Variables of the Platform reach every part of an app."""

import pytest

from tests.simulator import APP, World
from tests.test_written_values import container

ISSUER = {"name": "OIDC_ISSUER", "value": "https://id.acme.dev"}


@pytest.mark.parametrize("part", ["frontend", "backend"])
def test_both_halves_of_an_app_have_one_issuer(part: str) -> None:
    """People sign in where the API's tokens come from, and nobody writes it twice."""
    world = World(APP, {"env": {ISSUER["name"]: ISSUER["value"]}}).settle()
    assert ISSUER in container(world, part)["env"]
