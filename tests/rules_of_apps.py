"""The alerts that apps get, and what is known of the metrics that they use."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.simulator import APP, STORED, World

MONITORED = STORED | {
    "prometheus": {"labels": {"release": "stack"}},
    "domain": "apps.example.com",
    "ingress": {"clusterIssuer": "letsencrypt"},
}
"""A Platform with all that alerts can be about."""
DATABASE = {"storage": "20Gi", "version": 18, "instances": 3}
FULL = APP | {
    "database": DATABASE,
    "workers": {"mail": {"command": ["node", "mail.js"]}},
    "jobs": {"tidy": {"schedule": "0 3 * * *", "command": ["node", "tidy.js"]}},
}
"""An app with all that alerts can be about."""


def world(spec: Mapping[str, Any] = FULL, platform: Mapping[str, Any] = MONITORED) -> World:
    """A cluster with such an app, to look at: equal ones are the same, as to settle takes a while."""
    return settled(json.dumps([spec, platform]))


@cache
def settled(texts: str) -> World:
    """A cluster with an app, of its spec and its Platform's as JSON."""
    return World(*json.loads(texts)).settle()


def alerts(
    spec: Mapping[str, Any] = FULL, platform: Mapping[str, Any] = MONITORED
) -> dict[str, dict[str, Any]]:
    """The alerting rules of an app by name."""
    groups = world(spec, platform).object("prometheusrule")["spec"]["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


SELECTOR = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)\{([^{}]*(?:\{[0-9,]+\}[^{}]*)*)\}")
"""A metric with its labels in PromQL. A label's pattern may have {5} in it."""
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)(?:=|!=|=~|!~)"')


def selected(expression: str) -> list[tuple[str, list[str]]]:
    """The metrics that an expression selects, each with the labels that it selects by."""
    return [(name, LABEL.findall(labels)) for name, labels in SELECTOR.findall(expression)]
