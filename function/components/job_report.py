"""What the status says of jobs: whether they are scheduled, and how their last runs ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from function.api.status import JobStatus, Status
from function.app import Observed
from function.components import background
from function.components.job_runs import runs
from function.read import at, text
from function.report import WAITING_FOR_MIGRATION, Condition, ConditionType, Report, Why

READY = ConditionType("JobsReady", part="jobs", gates=True)


@dataclass(frozen=True, slots=True)
class Job:
    """One job, as it is reported."""

    key: str
    image: str | None
    waits: str
    """Why it starts no run; empty if it does."""
    asleep: bool


def report(jobs: Mapping[str, Job], observed: Observed, why: Why) -> Report:
    """Whether all jobs are scheduled, and how their last runs ended."""
    before = at(observed.xr, "status", "jobs")
    status = {name: runs(observed.composed.get(each.key), at(before, name)) for name, each in jobs.items()}
    conditions = {name: condition(each, status[name], observed, why) for name, each in jobs.items()}
    return Report([background.together(READY, conditions, "Scheduled")], Status(jobs=status))


def condition(each: Job, status: JobStatus, observed: Observed, why: Why) -> Condition:
    """Whether one job is scheduled as asked, and its last run didn't fail."""
    if each.image is None:
        return READY.false("NoImage", each.waits)
    current = READY.of_objects({each.key: why[each.key]}, "Scheduled")
    if not current.ok:
        return current
    if each.asleep:
        return READY.true("Hibernated", "no runs while the database sleeps")
    if each.waits:
        return READY.false(WAITING_FOR_MIGRATION, each.waits)
    if status.failed:
        there = observed.composed.get(each.key)
        name, namespace = (text(there, "metadata", key) for key in ("name", "namespace"))
        selector = text(there, "metadata", "labels", "app.kubernetes.io/instance")
        logs = f"kubectl logs -n {namespace} -l app.kubernetes.io/instance={selector} --tail=50"
        again = f"kubectl create job again --from=cronjob/{name} -n {namespace}"
        return READY.false("RunFailed", f"the last run failed: {logs} says why, and {again} tries it again")
    return current
