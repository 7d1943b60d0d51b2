"""The alert about jobs, from kube-state-metrics: docs/metrics/workload/cronjob-metrics.md."""

from collections.abc import Sequence

from function.components.monitoring.alert import Alert
from function.place import Place


def alerts(place: Place, jobs: Sequence[str]) -> list[Alert]:
    """The last run of a job failed. While another attempt runs, or after one succeeded, nobody is told."""
    names = "|".join(place.named(job) for job in jobs)
    selected = f'{{namespace="{place.namespace}",cronjob=~"{names}"}}'
    begun, succeeded, running = (
        f"max by (cronjob) (kube_cronjob_status_{metric}{selected})"
        for metric in ("last_schedule_time", "last_successful_time", "active")
    )
    return [
        Alert(
            "NodeAppJobFailed",
            "warning",
            "1m",
            f"({begun} > {succeeded} or {begun} unless {succeeded}) and {running} == 0",
            "a job failed",
            "The last run of CronJob {{ $labels.cronjob }} didn't succeed. "
            f"`kubectl get jobs -n {place.namespace}` lists the runs, and `kubectl logs -n {place.namespace} "
            "job/RUN` shows why, as long as its pod is there. The next run is tried as scheduled.",
        )
    ]
