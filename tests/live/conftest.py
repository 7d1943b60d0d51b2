"""An app's story, on the control plane that the tests of a run share."""

import re
import uuid
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.live.story import Story
from tests.plane.kubectl import Cluster, RefusedError
from tests.plane.shared import is_own


@pytest.fixture
def story(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[Story]:
    """A new app's story, in a namespace named after the test. CloudNativePG is played."""
    slug = re.sub(r"[^a-z0-9]+", "-", request.node.name.removeprefix("test_"))[:40].strip("-")
    own = Story(cluster, f"{slug}-{uuid.uuid4().hex[:5]}")
    cluster.kubectl("create", "namespace", own.namespace)
    yield own
    end(own)


def end(own: Story) -> None:
    """Tidy up on a control plane that outlives the run."""
    if not is_own():
        with suppress(RefusedError, AssertionError):
            own.leave()
