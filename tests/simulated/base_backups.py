"""Base backups as CloudNativePG's ScheduledBackups have them made: at once, and then every night.

internal/controller/scheduledbackup_controller.go and backup_controller.go, release 1.30.
"""

from typing import NamedTuple

from tests.simulated.api_server import ApiServer
from tests.simulated.archives import Archive
from tests.simulated.conditions import condition
from tests.simulated.server_side_apply import Manifest

BACKED_UP = condition("LastBackupSucceeded", "True", "LastBackupSucceeded", "Backup was successful")


class Followed(NamedTuple):
    """When a ScheduledBackup was last followed."""

    nights: int
    time: str = ""


NEVER = Followed(-1)


class BaseBackups:
    """The controllers of ScheduledBackups and Backups."""

    def __init__(self, server: ApiServer) -> None:
        """They follow the schedules of one server."""
        self.server = server
        self.nights = 0
        self.followed: dict[str, Followed] = {}
        """What was done of a ScheduledBackup, by its uid."""

    def make(self, schedule: str, archive: Archive | None, problem: str) -> Manifest:
        """A base backup is made, and how it went is said. One that failed is tried again the next night."""
        self.followed[schedule] = Followed(self.nights, self.server.now())
        if problem or archive is None:
            if archive:
                archive.failed = self.server.now()
            return condition("LastBackupSucceeded", "False", "LastBackupFailed", problem)
        archive.bases.append(self.server.now())
        return BACKED_UP

    def due(self, cluster: Manifest) -> list[str]:
        """The ScheduledBackups of a Cluster that are due, by uid: at once, then every night."""
        where = cluster["metadata"]["namespace"], cluster["metadata"]["name"]
        return [
            manifest["metadata"]["uid"]
            for ref, manifest in self.server.objects.items()
            if ref.kind == "ScheduledBackup"
            and (ref.namespace, manifest["spec"]["cluster"]["name"]) == where
            and not manifest["spec"].get("suspend")
            and self.nights != self.followed.get(manifest["metadata"]["uid"], NEVER).nights
        ]

    def follow(self, manifest: Manifest) -> Manifest:
        """A schedule says when it was last followed."""
        followed = self.followed.get(manifest["metadata"]["uid"])
        return manifest | {"status": {"lastScheduleTime": followed.time}} if followed else manifest
