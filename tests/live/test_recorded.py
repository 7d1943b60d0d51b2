"""Record what Crossplane asks: pytest tests/live/test_recorded.py --record.

An app's life, for the simulator to be checked by, and the example's first and last call, for benchmarks.
"""

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks import requests
from function.read import at
from tests import recordings
from tests.live.story import ROLLOUT, Story
from tests.plane import gateways
from tests.plane.kubectl import Cluster, wait
from tests.plane.product import PACKAGE

Timed = list[tuple[float, dict[str, Any]]]

EXAMPLE = Path(__file__).parents[2] / "example"

BACKEND = {"image": "ghcr.io/acme/shop:1.4.0"}
NEWER = {"image": "ghcr.io/acme/shop:1.5.0"}
LIFE: list[dict[str, Any]] = [
    {"team": "a", "backend": BACKEND, "database": {"storage": "20Gi"}},
    {"team": "a", "backend": NEWER, "database": {"storage": "20Gi"}},
    {"team": "a", "backend": NEWER, "database": {"storage": "10Gi"}},
    {"team": "a", "backend": NEWER},
]
"""Created, a new image, a smaller volume, no database any more."""


@pytest.fixture
def log(request: pytest.FixtureRequest, cluster: Cluster) -> Path:
    """Where the calls are written down."""
    if not request.config.getoption("--record"):
        pytest.skip("records what others replay: pytest tests/live/test_recorded.py --record")
    return cluster.kubeconfig.parent / "calls.jsonl"


def test_a_life_is_recorded(cluster: Cluster, log: Path) -> None:
    """What is done to an app and every call about it are written to tests/recorded/life.json."""
    story, done = Story(cluster, "team-a"), Timed()
    cluster.kubectl("create", "namespace", story.namespace)

    for spec in LIFE:
        done.append((time.time(), {"claim": spec}))
        story.write(spec)
        if spec is LIFE[0]:
            wait(story.database, bool)
            story.until(lambda claim: claim["status"].get("backend", {}).get("available"), ROLLOUT)
            done.append((time.time(), {"status": story.postgres_is_healthy()}))
        story.reconciled(spec)

    happened = sorted([*done, *calls(log, story)], key=lambda item: item[0])
    platform = yaml.safe_load((PACKAGE / "install" / "platform.yaml").read_text())["spec"]
    file = recordings.save("life", platform, [event for _, event in happened])
    assert recordings.load("life")[1][-1]["response"]["desired"]["composite"]["ready"] == "READY_TRUE"
    assert file.stat().st_size < 400_000


def test_the_example_is_recorded(cluster: Cluster, log: Path) -> None:
    """Its first call, and one with all of it running, are written to benchmarks/recorded."""
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


def calls(log: Path, story: Story) -> Timed:
    """The calls about one app, with their times."""
    lines = map(json.loads, log.read_text().splitlines())
    label = (
        "request",
        "observed",
        "composite",
        "resource",
        "metadata",
        "labels",
        "crossplane.io/claim-namespace",
    )
    return [(line["at"], line["event"]) for line in lines if at(line["event"], *label) == story.namespace]
