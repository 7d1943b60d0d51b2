"""`jobs` of a NodeApp."""

from importlib.resources import files
from typing import Annotated

from pydantic import Field

from function.api.command import Command
from function.api.fields import short_names
from function.api.image import Image
from function.api.model import Rule, matches
from function.api.process import Process
from function.api.schedule import Schedule

Duration = Annotated[
    str,
    Field(max_length=6),
    matches(r"[1-9][0-9]{0,4}[sm]|[1-9][0-9]?h", "must be a duration such as 90s, 30m or 2h"),
]

ZONES = frozenset(files("tzdata").joinpath("zones").read_text().split())
"""The time zones that there are: those of the tz database, which Kubernetes reads too."""
TimeZone = Annotated[
    str,
    Field(max_length=64),
    # CEL knows the form alone, and the API server refuses the CronJob of a zone that there isn't.
    Rule(
        "self.matches(r'^(?:[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*)$') && self != 'Local'",
        lambda zone: zone in ZONES,
        "must be a time zone of the tz database, such as Europe/Berlin",
    ),
]


class Job(Process):
    """A program that runs at fixed times, one run at a time. It has the backend's environment with PORT,
    secrets, files and database."""

    schedule: Schedule
    """When it starts, as five fields of cron. A run that would begin while the one before is still running is
    left out."""
    time_zone: TimeZone = "Etc/UTC"
    """Time zone of the schedule, such as Europe/Berlin. Default: Etc/UTC."""
    command: Command
    """The program, and its first words. It may be run a second time after a failure, so it must be
    repeatable."""
    image: Image | None = None
    """Container image, with a tag or digest. Default: the backend's."""
    timeout: Duration = "1h"
    """How long a run may take, such as 90s, 30m or 2h. Then it is stopped, and counts as failed.
    Default: 1h."""


LONGEST = 47
"""Characters of an app's name and a job's together. A CronJob's name has 5 more, and 52 at most."""
Jobs = Annotated[dict[str, Job], Field(max_length=32), short_names(46)]
