"""Archives in an object store: the rows and base backups that Clusters sent there."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tests.simulated.server_side_apply import Manifest


class Row(NamedTuple):
    """One write to a database."""

    time: str
    uid: str
    """Of the Cluster that took it."""


class ArchiveLocation(NamedTuple):
    """Where an archive is."""

    path: str
    server: str


@dataclass
class Archive:
    """What one Cluster sent to one location."""

    uid: str
    major: int
    """PostgreSQL's, whose WAL and base backups it holds: no other one can read them."""
    rows: list[Row] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    """When backups were made."""
    mixed: int = 0
    """How many of them, the oldest ones, can't be recovered any more."""
    failed: str = ""
    """When the last one failed."""

    def take(self, uid: str, major: int, rows: list[Row]) -> None:
        """WAL arrives. That of another major or Cluster is of another system, which begins again at timeline
        1: with it in between, no backup from before can be recovered to its end."""
        if (uid, major) != (self.uid, self.major):
            self.uid, self.major, self.mixed = uid, major, len(self.bases)
        self.rows = rows

    def until(self, target: str | None, major: int) -> list[Row] | None:
        """What a recovery by a major brings back; None where there is no backup that it can begin with."""
        bases = self.bases[self.mixed :]
        if major != self.major or not bases or (target is not None and target < bases[0]):
            return None
        return [row for row in self.rows if target is None or row.time <= target]

    def window(self) -> Manifest:
        """What the plugin tells of it."""
        failed = {"lastFailedBackupTime": self.failed} if self.failed else {}
        if not self.bases:
            return failed
        return {
            "firstRecoverabilityPoint": self.bases[0],
            "lastSuccessfulBackupTime": self.bases[-1],
        } | failed
