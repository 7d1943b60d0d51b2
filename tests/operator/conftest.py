"""An app's story where CloudNativePG's own operator works."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.live.conftest import end
from tests.live.story import Story
from tests.plane.api import Api
from tests.plane.cloudnative_pg import OPERATED, WEBHOOKS
from tests.plane.kubectl import Cluster, RefusedError


@pytest.fixture(scope="session")
def operator(cluster: Cluster) -> Cluster:
    """A control plane on which the operator runs."""
    if cluster.get("mutatingwebhookconfiguration", WEBHOOKS) is None:
        pytest.skip("CloudNativePG's operator doesn't run on the control plane that KUBECONFIG names")
    return cluster


@pytest.fixture(scope="session")
def api(operator: Cluster) -> Api:
    """Its API server, whose webhooks are CloudNativePG's."""
    return Api(operator.kubeconfig)


@pytest.fixture
def operated(operator: Cluster) -> Iterator[Callable[..., Story]]:
    """Begins an app's story, in a namespace where the operator works. Takes the app's name."""
    stories: list[Story] = []

    def begin(app: str = "shop") -> Story:
        stories.append(Story(operator, free_namespace(operator), app))
        return stories[-1]

    yield begin
    for story in stories:
        end(story)


def free_namespace(cluster: Cluster) -> str:
    """One of the operator's namespaces that no test has yet."""
    for name in OPERATED:
        with suppress(RefusedError):  # It exists.
            cluster.kubectl("create", "namespace", name)
            return name
    pytest.fail("more tests want CloudNativePG's operator than it has namespaces: see OPERATED")
