"""How a job's last run ended. A CronJob only says when it began one, which run, and when one succeeded."""

from function.api.names import HASH
from function.api.status import JobStatus
from function.app import Object
from function.read import at, items, text


def runs(cron_job: Object | None, before: object) -> JobStatus:
    """The runs of a CronJob. `before`: what the app's status had of them.

    A run failed if it began, runs no more, and nothing has succeeded since. That is said until a run succeeds
    or the job is edited: so an edit that corrects it makes the app Ready at once. While a run is under way,
    what was known of the one before it stays.
    """
    began, succeeded = (text(cron_job, "status", key) for key in ("lastScheduleTime", "lastSuccessfulTime"))
    now = text(cron_job, "metadata", "annotations", HASH)
    ran = text(before, "ran") if began and began == text(before, "lastScheduled") else now
    if items(cron_job, "status", "active"):
        failed = at(before, "failed") is True and text(before, "ran") == now
    else:
        # Both are RFC 3339 in UTC and in whole seconds, so they compare as text.
        failed = began is not None and (succeeded or "") < began and ran == now
    return JobStatus(
        last_scheduled=began, last_successful=succeeded, failed=failed, ran=ran if began else None
    )
