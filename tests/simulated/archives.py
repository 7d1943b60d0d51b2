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
    rows: list[Row] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    """When backups were made."""
    failed: str = ""
    """When the last one failed."""
    nights: int = 0
    """Nights until its last backup."""

    def until(self, target: str | None) -> list[Row] | None:
        """What a recovery brings back; None where there is no backup to begin with."""
        if not self.bases or (target is not None and target < self.bases[0]):
            return None
        return [row for row in self.rows if target is None or row.time <= target]

    def window(self) -> Manifest:
        """What the plugin tells of it."""
        window = {"firstRecoverabilityPoint": self.bases[0], "lastSuccessfulBackupTime": self.bases[-1]}
        failed = {"lastFailedBackupTime": self.failed} if self.failed else {}
        return (window if self.bases else {}) | failed
