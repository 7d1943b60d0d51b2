"""Under Retain, no edit alone makes backups fewer than they are."""

import re

from function.api.database import Database
from function.database_facts import DatabaseFacts
from function.effective_database import EffectiveBackup
from function.place import Place

DAYS = {"d": 1, "w": 7, "m": 31}
"""Days of a unit, as barman's RecoveryWindowRetentionPolicy counts them."""
REMEDY = "to do it all the same, set database.backup.allowReduction: true beside it"


def days(retention: str | None) -> int:
    """How many days of backups a retention keeps; 0 for what is none, as people may edit it."""
    parts = re.fullmatch(r"([1-9][0-9]*)([dwm])", retention or "")
    return int(parts[1]) * DAYS[parts[2]] if parts else 0


def hold_backup(place: Place, asked: Database, facts: DatabaseFacts) -> tuple[EffectiveBackup, list[str]]:
    """Backups that are made go on, and go back as far as they do. The plugin deletes what is too old within
    minutes, and a database without backups has no way back: no revert undoes either."""
    backup, by_profile = asked.backup, place.defaults.database.backed_up
    enabled = by_profile if backup.enabled is None else backup.enabled
    retention, held = backup.retention, []
    if facts.exists and facts.policy == "Retain" and not backup.allow_reduction:
        if facts.archive and not enabled:
            enabled = True
            held.append(f"database.backup.enabled: kept true, as deletionPolicy is Retain; {REMEDY}")
        if days(facts.retention) > days(retention):
            held.append(
                f"database.backup.retention: kept {facts.retention}, {retention} would delete backups for "
                f"ever; {REMEDY}"
            )
            retention = facts.retention or retention
    return EffectiveBackup(enabled, backup.schedule, retention), held
