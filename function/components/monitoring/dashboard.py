"""The Grafana dashboard of an app: its requests, its Node process and its database, as far as it has them."""

import hashlib
from typing import Any

import orjson

from function.app import App
from function.components.monitoring.charts import Chart, backend_charts, database_charts
from function.place import Manifest

COMPONENT = "grafana-dashboard"
"""In the object's name and labels."""
SIDECAR = {"grafana_dashboard": "1"}
"""The label by which the sidecar in the charts of Grafana and kube-prometheus-stack finds dashboards."""

COLUMNS, WIDTH, HEIGHT = 3, 8, 7
"""Charts in a row, and the size of one. Grafana's grid is 24 wide."""
SOURCE = {"type": "prometheus", "uid": "${source}"}
"""The variable below: whichever Prometheus people choose, at first Grafana's default."""
VARIABLE = {"name": "source", "label": "Data source", "type": "datasource", "query": "prometheus"}


def dashboard(app: App) -> Manifest:
    """A ConfigMap with the dashboard as JSON.

    The sidecar writes the dashboards of all apps into one folder, so the file's name has the namespace too.
    """
    metadata = app.metadata(COMPONENT)
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata | {"labels": metadata["labels"] | SIDECAR},
        "data": {f"{app.namespace}.{app.name}.json": orjson.dumps(model(app)).decode()},
    }


def model(app: App) -> dict[str, Any]:
    """The dashboard as Grafana reads it. A link to it stays valid, as its uid follows from the app's name."""
    charts = [
        *(backend_charts(app) if app.spec.backend else []),
        *(database_charts(app) if app.spec.database else []),
    ]
    whose = f"{app.namespace}/{app.name}"
    return {
        "uid": hashlib.sha256(whose.encode()).hexdigest()[:16],
        "title": f"NodeApp {whose}",
        "tags": ["nodeapp", app.team],
        "schemaVersion": 39,
        "refresh": "1m",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [VARIABLE]},
        "panels": [panel(number, chart) for number, chart in enumerate(charts)],
    }


def panel(number: int, chart: Chart) -> dict[str, Any]:
    """A chart in its place: from left to right, and then down."""
    row, column = divmod(number, COLUMNS)
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": chart.title,
        "datasource": SOURCE,
        "gridPos": {"x": column * WIDTH, "y": row * HEIGHT, "w": WIDTH, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": chart.unit, "min": 0}},
        "targets": [
            {"refId": chr(ord("A") + place), "expr": expression, "legendFormat": legend}
            for place, (legend, expression) in enumerate(chart.lines.items())
        ],
    }
