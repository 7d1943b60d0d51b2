"""Texts that PostgreSQL doesn't take for a parameter are refused, and all that it may take is taken."""

import pytest

from function.components.database.unknown_parameters import refusal

ZONE = "must be a time zone of the tz database, such as Europe/Berlin"
DATES = "must be iso, sql, postgres or german, and mdy, dmy or ymd, such as iso, mdy"
REFUSED = [
    ("timezone", "Europe/Belrin", ZONE),
    ("timezone", "Berlin", ZONE),
    ("log_timezone", "", ZONE),
    ("datestyle", "iso, dym", DATES),
    ("datestyle", "ISO MDY", DATES),
    ("createrole_self_grant", "set,inherits", "must be a list of set, inherit"),
    ("restrict_nonsystem_relation_kind", "table", "must be a list of view, foreign-table"),
    (
        "log_connections",
        "receipts",
        "must be a list of receipt, authentication, authorization, setup_durations, all",
    ),
]
"""Of PostgreSQL 18."""
TAKEN = [
    *(
        ("timezone", zone)
        for zone in ("Europe/Berlin", "europe/berlin", "UTC", "GMT", "EST5EDT", "-3", "<+03>-3")
    ),
    ("log_timezone", "Etc/UTC"),
    *(("datestyle", style) for style in ("iso, mdy", "ISO,DMY", "German", "Postgres", "sql, european", "US")),
    *(("createrole_self_grant", words) for words in ("", "set", "inherit, set")),
    *(("restrict_nonsystem_relation_kind", words) for words in ("", "view", "foreign-table,view")),
    *(("log_connections", words) for words in ("on", "off", "all", "receipt, authentication", "")),
    ("search_path", "app, public"),
    ("application_name", "anything: at all"),
]


@pytest.mark.parametrize(("name", "value", "says"), REFUSED)
def test_a_text_that_postgresql_refuses_is_refused(name: str, value: str, says: str) -> None:
    """The sentence says what to write."""
    assert refusal(name, value, 18) == f"{says}, not {value!r}"


@pytest.mark.parametrize(("name", "value"), TAKEN)
def test_a_text_that_postgresql_takes_is_taken(name: str, value: str) -> None:
    """Also one that is written in another case, or that nobody judges here."""
    assert refusal(name, value, 18) is None
