"""An alert of an app, and the rule that Prometheus reads.

A person acts on each: its description says what is wrong and what to do, and docs/alerts.md says more.
"""

from typing import Literal, NamedTuple

from function.api.names import DOCS
from function.place import Manifest, Place

Severity = Literal["critical", "warning"]
"""critical: users notice, or data is in danger, so somebody is called. warning: it can wait for a day."""


class Alert(NamedTuple):
    """When Prometheus alerts, and what it says then."""

    name: str
    """Its heading in docs/alerts.md."""
    severity: Severity
    lasts: str
    """How long the expression holds before somebody is told, such as 10m."""
    expression: str
    """PromQL. It gives a value for each thing that is wrong."""
    summary: str
    """What is wrong, in one line without the app's name."""
    description: str
    """What it means, and what to do. Prometheus fills in {{ $labels }} and {{ $value }}."""


def rule(place: Place, alert: Alert) -> Manifest:
    """The rule. Its labels let Alertmanager send it to the app's team."""
    whose = {"namespace": place.namespace, "nodeapp": place.name, "team": place.team}
    return {
        "alert": alert.name,
        "expr": alert.expression,
        "for": alert.lasts,
        "labels": {"severity": alert.severity, **whose},
        "annotations": {
            "summary": f"{place.namespace}/{place.name}: {alert.summary}",
            "description": alert.description,
            "runbook_url": f"{DOCS}/alerts.md#{alert.name.lower()}",
        },
    }


def scraped(place: Place, component: str) -> str:
    """The label of all metrics that a part's PodMonitor brings: the Prometheus operator's name for it."""
    return f'job="{place.namespace}/{place.named(component)}"'
