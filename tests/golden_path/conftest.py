"""The golden path, made by the real tools: in minutes, with what the package registries have."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.golden_path import scaffolding

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip all of it unless it is asked for."""
    if os.environ.get("NODEAPP_GOLDEN_PATH") == "1":
        return
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="the golden path isn't asked for: NODEAPP_GOLDEN_PATH=1"))


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment with Node 24 first on its PATH."""
    return scaffolding.node_env(tmp_path_factory.mktemp("node"))


@pytest.fixture(scope="session")
def scaffolded(node: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Backstage's scaffolder says of the template, and of many forms."""
    return scaffolding.scaffold(node, tmp_path_factory.mktemp("scaffolded"))


@pytest.fixture(scope="session")
def repos(scaffolded: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with clones of dashboard-frontend, dashboard-backend and dashboard-deploy."""
    run = scaffolded["run"]
    assert run["status"] == "completed", "\n".join(run["log"])
    return scaffolding.clone(scaffolded, tmp_path_factory.mktemp("repos"))
