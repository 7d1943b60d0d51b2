"""What a developer says of a database's backups, and of those that it is filled from."""

from typing import Annotated

from pydantic import Field

from function.api.cron import Schedule
from function.api.fields import Label
from function.api.model import Model, matches

Era = Annotated[int, Field(ge=1, le=1000)]
DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"


class Backup(Model):
    """Backups: WAL as it is written, and base backups on schedule."""

    enabled: bool | None = None
    """Whether there are any. Default: by environment, no in dev and yes in prod."""
    schedule: Schedule = "0 2 * * *"
    """When a base backup is made: five fields of cron, in UTC. Default: 0 2 * * *, each night at two."""
    retention: Annotated[
        str,
        Field(max_length=8),
        matches(r"[1-9][0-9]*[dwm]", "must be a number of days, weeks or months, such as 30d, 4w or 6m"),
    ] = "30d"
    """How far back one can restore, in days, weeks or months. Under Retain a shorter one is held unless
    allowReduction is true. Default: 30d."""
    allow_reduction: bool = False
    """Under Retain, let retention become shorter, or backups be switched off. Backups that are too old by
    then are deleted within minutes, and no revert brings them back. Default: false."""


class Restore(Model):
    """Backups to fill a new database from. The PostgreSQL major must be that of the backups."""

    app: Label | None = None
    """App whose backups they are. Default: this app."""
    namespace: Label | None = None
    """Namespace of that app, as the platform allows. Default: this namespace."""
    era: Era | None = None
    """Era of that database. Default: of this app the era before; of another app 1."""
    time: Annotated[
        str | None,
        Field(max_length=40),
        matches(
            rf"{DATE}T{CLOCK}:[0-5][0-9](\.[0-9]{{1,6}})?(Z|[+-]{CLOCK})",
            "must be a time with its zone, such as 2026-11-24T07:30:00Z",
        ),
    ] = None
    """Moment to restore, such as 2026-11-24T07:30:00Z. Default: the last one there is."""

    @property
    def of_another_app(self) -> bool:
        """Whether another app's backups are meant."""
        return bool(self.app or self.namespace)

    @property
    def names_its_source(self) -> bool:
        """Whether it says itself which backups are meant."""
        return self.of_another_app or self.era is not None
