"""Record an app's life with CloudNativePG's own operator: pytest tests/operator --record.

tests/test_replay.py has the simulator live it again.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests import recordings
from tests.live.judging import current
from tests.live.recorded_calls import Timed, calls, log_of_calls
from tests.live.story import Story
from tests.operator.telling import SLOWLY
from tests.plane.kubectl import Cluster
from tests.plane.product import PACKAGE

BACKEND = {"image": "ghcr.io/acme/shop:1.4.0"}
NEWER = {"image": "ghcr.io/acme/shop:1.5.0"}
LIFE: list[dict[str, Any]] = [
    {"team": "a", "backend": BACKEND, "database": {"storage": "20Gi"}},
    {"team": "a", "backend": NEWER, "database": {"storage": "20Gi"}},
    {"team": "a", "backend": NEWER, "database": {"storage": "10Gi"}},
    {"team": "a", "backend": NEWER},
]
"""Created, a new image, a smaller volume, no database any more."""


def test_a_life_is_recorded(
    operator: Cluster, operated: Callable[..., Story], request: pytest.FixtureRequest
) -> None:
    """What is done to an app and every call about it are written to tests/recorded/life.json."""
    log, story, done = log_of_calls(request.config, operator), operated(), Timed()

    for spec in LIFE:
        done.append((time.time(), {"claim": spec}))
        story.write(spec)
        story.until(lambda claim, spec=spec: current(claim, spec), SLOWLY)  # type: ignore[misc]

    happened = sorted([*done, *calls(log, story)], key=lambda item: item[0])
    platform = yaml.safe_load((PACKAGE / "install" / "platform.yaml").read_text())["spec"]
    file = recordings.save("life", platform, [event for _, event in happened])
    assert recordings.load("life")[1][-1]["response"]["desired"]["composite"]["ready"] == "READY_TRUE"
    assert file.stat().st_size < 400_000
