"""A control plane of our own for all upheavals, one after another: the last one ends it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.plane import Plane, running

HERE = Path(__file__).parent
SCRIPTS = os.environ.get("NODEAPP_PLANE")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the upheavals unless they are named: they take minutes, and a control plane."""
    named = any(Path(arg.partition("::")[0]).resolve().is_relative_to(HERE) for arg in config.args)
    skip = pytest.mark.skip(reason="run only by name, as they take minutes: pytest tests/upheavals")
    for item in items:
        if item.path.is_relative_to(HERE) and not named:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def plane() -> Iterator[Plane]:
    """It runs without the function: that comes and goes."""
    if not SCRIPTS:
        pytest.skip("NODEAPP_PLANE names no folder of scripts")
    with (
        tempfile.TemporaryDirectory(prefix="nodeapp-plane-") as folder,
        running(Plane(Path(SCRIPTS), Path(folder))) as own,
    ):
        yield own
