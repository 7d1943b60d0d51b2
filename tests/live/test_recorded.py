"""Record what Crossplane asks about the example: pytest tests/live/test_recorded.py --record.

Its first and its last call are for benchmarks. tests/operator/test_recorded_life.py records a whole life.
"""

from pathlib import Path

import pytest
import yaml

from benchmarks import requests
from tests.live.recorded_calls import calls, log_of_calls
from tests.live.story import Story
from tests.plane import gateways
from tests.plane.kubectl import Cluster
from tests.plane.product import PACKAGE

EXAMPLE = Path(__file__).parents[2] / "example"


def test_the_example_is_recorded(cluster: Cluster, request: pytest.FixtureRequest) -> None:
    """Its first call, and one with all of it running, are written to benchmarks/recorded."""
    log = log_of_calls(request.config, cluster)
    claim, platform = (
        yaml.safe_load((EXAMPLE / name).read_text()) for name in ("nodeapp.yaml", "platform.yaml")
    )
    story = Story(cluster, claim["metadata"]["namespace"], claim["metadata"]["name"])
    cluster.kubectl("create", "namespace", story.namespace)
    cluster.kubectl("create", "namespace", platform["spec"]["gateway"]["namespace"])
    cluster.apply(platform)
    gateways.serve(cluster, platform["spec"]["gateway"])

    with gateways.controller(cluster):
        story.runs(claim["spec"])

    asked = [event["request"] for _, event in calls(log, story)]
    steady = next(
        request for request in reversed(asked) if "database-cluster" in request["observed"]["resources"]
    )
    assert requests.save(requests.FIRST, asked[0]).stat().st_size < 10_000
    assert requests.save(requests.STEADY, steady).stat().st_size < 200_000
    cluster.kubectl(
        "apply", "--server-side", "--force-conflicts", "-f", str(PACKAGE / "install" / "platform.yaml")
    )
