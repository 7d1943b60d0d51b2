"""A control plane on which nothing is installed but what the docs say."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.followed.blocks import follow
from tests.live import plane
from tests.live.cluster import Cluster
from tests.schemas import CRDS

HERE = Path(__file__).parent
SCRIPTS = os.environ.get("NODEAPP_PLANE")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the pages unless they are named: they take minutes, and a control plane."""
    named = any(Path(arg.partition("::")[0]).resolve() == HERE for arg in config.args)
    skip = pytest.mark.skip(reason="run only by name, as they take minutes: pytest tests/followed")
    for item in items:
        if item.path.is_relative_to(HERE) and not named:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A control plane of our own: the pages install and remove the API."""
    if not (SCRIPTS and CRDS):
        pytest.skip("NODEAPP_PLANE and NODEAPP_CRDS don't both name a folder")
    with (
        tempfile.TemporaryDirectory(prefix="nodeapp-plane-") as folder,
        plane.up(Path(SCRIPTS), Path(folder), installed=install) as own,
    ):
        yield own


def install(cluster: Cluster) -> None:
    """Others' CRDs, then what the page says, and what the Configuration would bring."""
    cluster.kubectl("apply", "--server-side", "-f", CRDS or "")
    follow(cluster, "install.md", "Install")
    cluster.kubectl("apply", "-f", str(plane.PACKAGE / "classic" / "definition.yaml"))
    cluster.kubectl("apply", "-f", str(plane.PACKAGE / "classic" / "composition.yaml"))
