"""The calls about an app that the function wrote down while it was served: see record.py."""

import json
from pathlib import Path
from typing import Any

import pytest

from function.read import at
from tests.live.story import Story
from tests.plane.kubectl import Cluster

Timed = list[tuple[float, dict[str, Any]]]
NAMESPACE = ("request", "observed", "composite", "resource", "metadata", "labels")


def log_of_calls(config: pytest.Config, cluster: Cluster) -> Path:
    """Where the calls are written down. Skips without --record."""
    if not config.getoption("--record"):
        pytest.skip("records what others replay: it runs with --record")
    return cluster.kubeconfig.parent / "calls.jsonl"


def calls(log: Path, story: Story) -> Timed:
    """The calls about one app, with their times."""
    lines = map(json.loads, log.read_text().splitlines())
    label = (*NAMESPACE, "crossplane.io/claim-namespace")
    return [(line["at"], line["event"]) for line in lines if at(line["event"], *label) == story.namespace]
