"""What first-hour.md says is shown, on the control plane that it starts without Docker."""

from collections.abc import Iterator

import pytest

from tests.followed.blocks import follow
from tests.plane.kubectl import Cluster
from tests.plane.product import function, install
from tests.plane.shared import needs_programs
from tests.plane.up import plane, start

PAGE = "docs/first-hour.md"


@pytest.fixture(scope="module")
def cluster(pytestconfig: pytest.Config) -> Iterator[Cluster]:
    """What `python -m tests.plane` starts: the product, and CloudNativePG's operator."""
    needs_programs(pytestconfig)
    with plane() as own:
        start(own, operator=True)
        install(own.cluster)
        with function(own):
            yield own.cluster


def test_an_hour_is_as_the_page_says(cluster: Cluster) -> None:
    """Each section's commands succeed in the page's order, and print what the page says they show."""
    assert "usage" in follow(cluster, PAGE, "The first app")
    assert follow(cluster, PAGE, "A mistake is refused") == ""
    assert follow(cluster, PAGE, "What can't be undone is held").count("condition met") == 1
    kept = follow(cluster, PAGE, "Data needs two commits to go")
    assert "database: kept, with its 5Gi of data" in kept
    assert "Cluster in healthy state" in kept
    assert "would be refused today" in follow(cluster, PAGE, "A platform engineer tightens a rule")
    assert 'namespace "operated-1" deleted' in follow(cluster, PAGE, "Clean up")
