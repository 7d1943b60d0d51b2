"""What Prometheus scrapes and alerts about, and a Grafana dashboard."""

from function.components.monitoring.component import MONITORING

__all__ = ["MONITORING"]
