"""`backup` and `restore` of a database."""

from typing import Annotated

from pydantic import Field

from function.api.fields import Label
from function.api.model import Model, matches
from function.api.schedule import Schedule

Era = Annotated[int, Field(ge=1, le=1000)]
"""Counts up from 1. The bound refuses a year that was written by mistake."""
DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"


class Backup(Model):
    """Backups: all WAL, continuously, and base backups on a schedule."""

    enabled: bool | None = None
    """Whether backups are made. Default: by environment, false in dev and true in prod."""
    # A base backup reads the whole database, so it runs at night.
    schedule: Schedule = "0 2 * * *"
    """When a base backup is made: five fields of cron, in UTC. Default: 0 2 * * *, each night at two."""
    retention: Annotated[
        str,
        Field(max_length=8),
        # barman counts back from today, and there is no date of so many days before.
        matches(
            r"[1-9][0-9]{0,3}[dwm]",
            "must be a number of days, weeks or months below 10000, such as 30d, 4w or 6m",
        ),
    ] = "30d"  # A mistake that is found within a month can be undone. More costs storage.
    """How far back the database can be restored, in days, weeks or months. Under Retain a shorter
    retention isn't applied unless allowReduction is true. Default: 30d."""
    allow_reduction: bool = False
    """Whether retention may become shorter under Retain, and backups may be switched off. Backups that are
    then too old are deleted within minutes, and no revert brings them back. Default: false."""


class Restore(Model):
    """Backups to fill a new database from."""

    app: Label | None = None
    """App whose backups they are. Default: this app."""
    namespace: Label | None = None
    """Namespace of that app. The platform must allow another one. Default: this namespace."""
    era: Era | None = None
    """Era of that database. Default: for this app the era before its present one, for another app 1."""
    time: Annotated[
        str | None,
        Field(max_length=40),
        matches(
            rf"{DATE}T{CLOCK}:[0-5][0-9](\.[0-9]{{1,6}})?(Z|[+-]{CLOCK})",
            "must be a time with its zone, such as 2026-11-24T07:30:00Z",
        ),
    ] = None
    """Moment to restore, such as 2026-11-24T07:30:00Z. Default: the latest one possible."""

    @property
    def of_another_app(self) -> bool:
        """Whether another app's backups are meant."""
        return bool(self.app or self.namespace)

    @property
    def names_its_source(self) -> bool:
        """Whether it names its backups explicitly."""
        return self.of_another_app or self.era is not None
