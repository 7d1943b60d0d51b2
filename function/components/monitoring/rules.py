"""The PrometheusRule of an app: the alerts of what it has, and of nothing else."""

from function.app import App
from function.components import backend, database, frontend, jobs, route, workers
from function.components.monitoring import (
    backend_alerts,
    certificate_alerts,
    database_alerts,
    job_alerts,
    pod_alerts,
)
from function.components.monitoring.alert import Alert, rule
from function.components.monitoring.selected import selected
from function.place import Manifest

COMPONENT = "alerts"
"""In the object's name and labels."""


def prometheus_rule(app: App) -> Manifest:
    """The alerts, one group for each subject. Prometheus evaluates a group's rules one after the other."""
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": selected(app, COMPONENT),
        "spec": {
            "groups": [
                {"name": subject, "rules": [rule(app, alert) for alert in alerts]}
                for subject, alerts in subjects(app).items()
                if alerts
            ]
        },
    }


def subjects(app: App) -> dict[str, list[Alert]]:
    """Subject → its alerts."""
    spec, certificate = app.spec, route.certificate(app)
    asked = {backend.READY.part: spec.backend, frontend.READY.part: spec.frontend}
    parts = [part for part, workload in asked.items() if workload]
    parts += [f"{workers.PREFIX}{name}" for name in spec.workers]
    by_clock = [f"{jobs.PREFIX}{name}" for name in spec.jobs]
    return {
        "pods": pod_alerts.alerts(app, parts),
        "jobs": job_alerts.alerts(app, by_clock) if by_clock else [],
        "backend": backend_alerts.alerts(app) if spec.backend else [],
        "database": of_database(app),
        "certificate": certificate_alerts.alerts(app, certificate) if certificate else [],
    }


def of_database(app: App) -> list[Alert]:
    """The alerts of the database. Those of its backups only if we make them."""
    if app.spec.database is None:
        return []
    return database_alerts.alerts(app, app.spec.database, backed_up=database.backed_up(app))
