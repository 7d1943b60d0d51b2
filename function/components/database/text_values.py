"""Whether PostgreSQL takes a text for a parameter, and what to write instead.

Most texts are free, or name what only the server knows, such as a schema. Judged are time zones and lists of
words, as check_timezone, check_datestyle and others do in PostgreSQL's src/backend/commands/variable.c.
"""

import re

from function.api.job import ZONES

ZONE_NAMES = frozenset(zone.lower() for zone in ZONES)
"""PostgreSQL finds a zone whatever its case."""
NO_NAME = re.compile(r".*[0-9].*|(?:posix|right)/.*", re.IGNORECASE)
"""An offset, rules such as CET-1CEST, or a variant of a zone: these aren't judged."""
WORDS = {
    "createrole_self_grant": ("set", "inherit"),
    "datestyle": (
        "iso", "sql", r"postgres\w*", "german",
        "ymd", "dmy", r"euro\w*", "mdy", "us", r"noneuro\w*", "default",
    ),
    "log_connections": ("receipt", "authentication", "authorization", "setup_durations", "all"),
    "restrict_nonsystem_relation_kind": ("view", "foreign-table"),
}  # fmt: skip
"""Patterns of the words that a list may have. log_connections is on or off below PostgreSQL 18."""
SHOWN = {"datestyle": "iso, sql, postgres or german, and mdy, dmy or ymd, such as iso, mdy"}
ALONE = re.compile(r"on|off|true|false|yes|no|1|0", re.IGNORECASE)
"""What log_connections also takes, as it did before PostgreSQL 18."""


def instead_of_text(name: str, value: str) -> str | None:
    """What a text must be, as "must be a time zone". None: PostgreSQL takes it, or it isn't judged."""
    if name in ("timezone", "log_timezone"):
        known = value.lower() in ZONE_NAMES or NO_NAME.fullmatch(value)
        return None if known else "must be a time zone of the tz database, such as Europe/Berlin"
    if name not in WORDS or (name == "log_connections" and ALONE.fullmatch(value)):
        return None
    words = [word.strip() for word in value.split(",")] if value.strip() else []
    if all(any(re.fullmatch(known, word, re.IGNORECASE) for known in WORDS[name]) for word in words):
        return None
    shown = SHOWN.get(name) or f"a list of {', '.join(WORDS[name])}"
    return f"must be {shown}"
