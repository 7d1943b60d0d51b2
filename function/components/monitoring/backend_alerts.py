"""Alerts about the backend's requests. They need the metrics that the template's backend has.

Without the histogram http_request_duration_seconds and its label `status`, the first two never fire.
"""

from function.components import backend
from function.components.monitoring.alert import Alert, scraped
from function.place import Place

REQUESTS = "http_request_duration_seconds"
"""The histogram of prom-client that the template's backend has: labels method, route and status."""


def alerts(place: Place) -> list[Alert]:
    """What users of the API suffer from, and metrics that stopped."""
    job = scraped(place, backend.READY.part)
    logs = f"kubectl logs -n {place.namespace} deployment/{place.named(backend.READY.part)}"
    return [errors(job, logs), slow(job, logs), silent(job)]


def errors(job: str, logs: str) -> Alert:
    """One request in twenty fails, and more than ten did: a single failure at night calls nobody."""
    failed = f'{REQUESTS}_count{{{job},status=~"5.."}}[10m]'
    ratio = f"sum(rate({failed})) / sum(rate({REQUESTS}_count{{{job}}}[10m]))"
    return Alert(
        "NodeAppBackendErrors",
        "critical",
        "5m",
        f"{ratio} > 0.05 and sum(increase({failed})) > 10",
        "many requests to the backend fail",
        "{{ $value | humanizePercentage }} of the backend's requests of the last ten minutes ended with a "
        f"status of 500 or above. `{logs}` says why. If it began with a new version, revert that commit.",
    )


def slow(job: str, logs: str) -> Alert:
    """Below one request in ten seconds, a few slow ones decide about the percentile: nobody is told."""
    buckets = f"sum by (le) (rate({REQUESTS}_bucket{{{job}}}[10m]))"
    traffic = f"sum(rate({REQUESTS}_count{{{job}}}[10m])) > 0.1"
    return Alert(
        "NodeAppBackendSlow",
        "warning",
        "15m",
        f"histogram_quantile(0.95, {buckets}) > 1 and {traffic}",
        "the backend is slow",
        "One request in twenty takes longer than {{ $value | humanizeDuration }}. See on the dashboard which "
        f"routes are slow, and whether the event loop, the database or the CPU limit is the cause. `{logs}` "
        "has the requests.",
    )


def silent(job: str) -> Alert:
    """Metrics that were there within a day aren't any more. A backend that never had some stays quiet."""
    return Alert(
        "NodeAppMetricsStopped",
        "warning",
        "15m",
        f"max(up{{{job}}}) == 0 and max(max_over_time(up{{{job}}}[1d])) == 1",
        "Prometheus gets no metrics from the backend",
        "No pod of the backend answers Prometheus any more, so nobody is told of failed requests. See "
        "whether /metrics answers on backend.metricsPort, and whether a NetworkPolicy keeps Prometheus out.",
    )
