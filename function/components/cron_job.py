"""CronJobs: pods that run at fixed times, one run at a time."""

from function.app import App, Object
from function.components.container import PodTemplate
from function.components.pod import pod, pod_labels
from function.components.pods import ASLEEP
from function.effective import EffectiveJob
from function.place import Manifest
from function.read import at, text

WAITS = "platform.io/waits-for-migration"
"""Annotation of a CronJob that never ran: its image waits until the backend has migrated the database."""


def cron_job(
    app: App, component: str, job: EffectiveJob, template: PodTemplate, *, asleep: bool, waiting: bool
) -> Manifest:
    """The CronJob of a job. Asleep or waiting, it starts no run; one that runs is let finish."""
    labels = pod_labels(app, component, template)
    stopped = ({ASLEEP: "true"} if asleep else {}) | ({WAITS: "true"} if waiting else {})
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": app.metadata(component, annotations=stopped) | {"labels": labels},
        "spec": {
            "schedule": job.schedule,
            "timeZone": job.time_zone,
            "concurrencyPolicy": "Forbid",
            # Stated only if it is meant, so that somebody may suspend a job by hand during an incident.
            "suspend": True if asleep or waiting else None,
            # A run that couldn't begin in time, as while the control plane was upgraded, begins up to an hour
            # later. With more, a job of each minute could miss over 100 runs, which Kubernetes warns of.
            "startingDeadlineSeconds": 3600,
            # Their pods keep the logs: of the last run that went well, and of the last three that didn't.
            "successfulJobsHistoryLimit": 1,
            "failedJobsHistoryLimit": 3,
            "jobTemplate": {
                "metadata": {"labels": labels},
                "spec": {
                    # A run is tried three times within its time, since a node may go away while it runs.
                    "backoffLimit": 2,
                    "activeDeadlineSeconds": job.timeout,
                    "template": {
                        "metadata": {"labels": {**template.labels, **labels}},
                        # A pod that failed stays for its logs, and the next try gets a new one.
                        "spec": pod(app, component, template) | {"restartPolicy": "Never"},
                    },
                },
            },
        },
    }


def waits(observed: Object) -> bool:
    """Whether a CronJob waits for the backend's first migration."""
    return text(observed, "metadata", "annotations", WAITS) == "true"


def suspended_by_hand(observed: Object) -> str:
    """That somebody suspended a CronJob that is meant to run, as a sentence; empty if nobody did."""
    if at(observed, "spec", "suspend") is not True:
        return ""
    name, namespace = (text(observed, "metadata", key) for key in ("name", "namespace"))
    patch = """-p '{"spec":{"suspend":false}}'"""
    return f"suspended by hand; run kubectl patch cronjob/{name} -n {namespace} {patch}"
