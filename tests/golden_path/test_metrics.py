"""The dashboard and the alerts of an app use metrics that the template's backend really exposes."""

from http import HTTPStatus

import pytest

from tests import recorded_metrics
from tests.golden_path.http_client import get
from tests.golden_path.stack import Site

pytest_plugins = "tests.golden_path.fixtures"


def test_the_recorded_metrics_are_those_of_the_backend(site: Site, request: pytest.FixtureRequest) -> None:
    """What is on file is what the backend of today exposes: dashboard and alerts are judged by the file."""
    assert get(f"{site.origin}/api/notes").status == HTTPStatus.UNAUTHORIZED, "no request was measured"
    metrics = recorded_metrics.scraped(get(site.app.metrics()).body)
    if request.config.getoption("--record"):
        recorded_metrics.save(recorded_metrics.BACKEND, metrics)
    assert recorded_metrics.differing(metrics, recorded_metrics.load(recorded_metrics.BACKEND)) == set()
