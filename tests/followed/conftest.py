"""A control plane on which nothing is installed but what the docs say."""

from collections.abc import Iterator

import pytest

from tests.followed.blocks import follow
from tests.plane.kubectl import Cluster
from tests.plane.product import PACKAGE, function
from tests.plane.shared import needs_programs
from tests.plane.up import plane, start


@pytest.fixture(scope="package")
def cluster(pytestconfig: pytest.Config) -> Iterator[Cluster]:
    """A control plane of our own: the pages install and remove the API."""
    needs_programs(pytestconfig)
    with plane() as own:
        start(own)
        install(own.cluster)
        with function(own):
            yield own.cluster


def install(cluster: Cluster) -> None:
    """What the page says, and what the Configuration would bring."""
    follow(cluster, "docs/install.md", "Install")
    for name in ("definition", "composition"):
        cluster.kubectl("apply", "-f", str(PACKAGE / "classic" / f"{name}.yaml"))
