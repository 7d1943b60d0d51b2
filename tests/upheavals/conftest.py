"""A control plane of our own for all upheavals, one after another: the last one ends it."""

from collections.abc import Iterator

import pytest

from tests.plane import up
from tests.plane.plane import Plane
from tests.plane.product import install
from tests.plane.shared import needs_programs


@pytest.fixture(scope="package")
def plane(pytestconfig: pytest.Config) -> Iterator[Plane]:
    """It runs without the function: that comes and goes."""
    needs_programs(pytestconfig)
    with up.plane() as own:
        up.start(own)
        install(own.cluster)
        yield own
