"""Programs that tests run where they are built already."""

import pytest

from tests.plane.modules import MissingError
from tests.plane.programs import find


def tool(name: str) -> str:
    """The path of one of the control plane's programs. Skips where it isn't built: no test waits for that."""
    try:
        path = find(name)
    except MissingError as error:
        pytest.skip(str(error))
    if path is None:
        pytest.skip(f"{name} isn't built yet: uv run python -m tests.plane build")
    return str(path)
