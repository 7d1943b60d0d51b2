"""A control plane for the command: these tests take CRDs away, and play the kubelet."""

from collections.abc import Iterator

import pytest

from tests.command.terminal import Terminal
from tests.live.story import Story
from tests.plane.plane import Plane
from tests.plane.product import function, install
from tests.plane.shared import needs_programs
from tests.plane.up import plane as new_plane
from tests.plane.up import start


@pytest.fixture(scope="package")
def plane(pytestconfig: pytest.Config) -> Iterator[Plane]:
    """The function runs, and Crossplane's circuit breaker keeps no app waiting."""
    needs_programs(pytestconfig)
    with new_plane() as own:
        start(own)
        install(own.cluster)
        with function(own):
            yield own


@pytest.fixture(scope="package")
def terminal(plane: Plane) -> Terminal:
    """An administrator's terminal."""
    return Terminal(plane.kubeconfig("admin"))


@pytest.fixture
def story(plane: Plane, request: pytest.FixtureRequest) -> Story:
    """An app in a namespace named after the test."""
    slug = request.node.name.removeprefix("test_").replace("_", "-").replace("[", "-").replace("]", "")
    own = Story(plane.cluster, slug[:40].strip("-"))
    plane.cluster.kubectl("create", "namespace", own.namespace)
    return own
