"""The dashboard and the alerts of an app use metrics that a database really exposes."""

import pytest

from tests import recorded_metrics
from tests.linters.database_metrics import metrics
from tests.plane.modules import MissingError


def test_the_recorded_metrics_are_those_of_the_release(request: pytest.FixtureRequest) -> None:
    """What is on file is what the pinned releases expose: dashboard and alerts are judged by the file."""
    try:
        exposed = metrics()
    except MissingError as error:
        pytest.skip(str(error))
    if request.config.getoption("--record"):
        recorded_metrics.save(recorded_metrics.DATABASE, exposed)
    assert exposed == recorded_metrics.load(recorded_metrics.DATABASE)
