"""Values of PostgreSQL's parameters that starve CloudNativePG, or that nobody can mean."""

import re

from function.api.model import Rule


def bounded(names: tuple[str, ...], values: str, message: str) -> Rule:
    """The rule that parameters have values that match a pattern, where they are given."""
    return Rule(
        f"self.all(name, !(name in {list(names)}) || self[name].matches(r'^(?:{values})$'))",
        lambda given: all(re.fullmatch(values, given[name]) for name in names if name in given),
        message,
    )


COUNTS = ("max_connections", "max_wal_senders", "max_replication_slots", "max_worker_processes")
TIMEOUTS = (
    "statement_timeout",
    "lock_timeout",
    "idle_session_timeout",
    "idle_in_transaction_session_timeout",
    "transaction_timeout",
    "wal_sender_timeout",
    "wal_receiver_timeout",
    "tcp_user_timeout",
)

BOOLEANS = ("hot_standby_feedback", "sync_replication_slots")

BOUNDS = (
    # CloudNativePG's own connections, three reserved ones, and one walsender and slot for each replica and
    # backup must be left.
    bounded(COUNTS, r"[1-9][0-9]+", f"must have at least 10 for {', '.join(COUNTS)}"),
    # CloudNativePG's sessions have the same limits, and its own wal_sender_timeout is 5s.
    bounded(
        TIMEOUTS,
        r"0|([5-9][0-9]{3}|[1-9][0-9]{4,})(ms)?|([5-9]|[1-9][0-9]+)s|[1-9][0-9]*(min|h|d)",
        f"must have 0, or at least 5s, for {', '.join(TIMEOUTS)}: CloudNativePG's sessions have them too; "
        "for the app alone, write ALTER ROLE ... SET in a migration",
    ),
    # CloudNativePG's webhook takes nothing else.
    bounded(BOOLEANS, "on|off|true|false|yes|no|1|0", f"must have on or off for {', '.join(BOOLEANS)}"),
    # What isn't archived is lost with the volumes.
    bounded(
        ("archive_timeout",),
        r"([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|3600)s?|([1-9]|[1-5][0-9]|60)min|1h",
        "must have between 1s and 1h for archive_timeout: what isn't archived is lost with the volumes",
    ),
)

ONE_LINE = r"[^\x00-\x1f\x7f]*"
one_line = Rule(
    f"self.all(name, self[name].matches(r'^(?:{ONE_LINE})$'))",
    lambda given: all(re.fullmatch(ONE_LINE, value) for value in given.values()),
    "must have values on one line, without control characters",
)
"""A value goes into the configuration file, where a line that ends within it is a syntax error."""

WITH_UNIT = r" *[-+]?[0-9]+(\.[0-9]+)? *[A-Za-z]+ *"
UNIT = r".*[0-9] *(B|kB|MB|GB|TB|us|ms|s|min|h|d) *"

TEXTS = ("application_name", "log_line_prefix")
"""Texts of which a number with a word may be a part."""

UNITS = Rule(
    f"self.all(name, name.contains('.') || name in {list(TEXTS)} "
    f"|| !self[name].matches(r'^(?:{WITH_UNIT})$') || self[name].matches(r'^(?:{UNIT})$'))",
    lambda given: all(
        "." in name or name in TEXTS or not re.fullmatch(WITH_UNIT, value) or re.fullmatch(UNIT, value)
        for name, value in given.items()
    ),
    "must have units as PostgreSQL writes them, in upper and lower case: kB, MB, GB, TB for sizes, and "
    "us, ms, s, min, h, d for times",
)
"""PostgreSQL doesn't start with another unit. A reload only logs it, so it shows at the next restart."""

SIZES = {unit: 1024**power for power, unit in enumerate(("B", "kB", "MB", "GB", "TB"))}
WAL_SIZES = {"min_wal_size": "80MB", "max_wal_size": "1GB"}
"""PostgreSQL's defaults."""
SMALLEST_WAL = 32 * 1024**2
"""Two segments of the default size. PostgreSQL doesn't start with less: ReadControlFile in xlog.c."""


def wal_sizes(given: dict[str, str]) -> dict[str, str]:
    """The parameters. Raises ValueError for sizes of WAL that CloudNativePG or PostgreSQL refuses."""
    least, most = (wal_size(given.get(name) or default) for name, default in WAL_SIZES.items())
    if least is None or most is None:
        msg = "must have sizes such as 2GB for min_wal_size and max_wal_size"
        raise ValueError(msg)
    if least < SMALLEST_WAL:
        msg = "must have at least 32MB for min_wal_size: PostgreSQL keeps two segments of 16MB"
        raise ValueError(msg)
    if least >= most:
        msg = (
            "must have a min_wal_size (80MB unless it is written) below max_wal_size (1GB unless it is "
            "written)"
        )
        raise ValueError(msg)
    return given


def wal_size(value: str) -> int | None:
    """A size in bytes; without a unit it is in MB. None: CloudNativePG can't read it."""
    match = re.fullmatch(r"([0-9]{1,12}) *(B|kB|MB|GB|TB)?", value)
    return int(match[1]) * SIZES[match[2] or "MB"] if match else None
