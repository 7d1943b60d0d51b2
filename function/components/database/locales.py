"""The locale of a database: decided when it is made, and kept."""

from collections.abc import Mapping
from typing import Any

from function.api.database import Database
from function.api.locale import Locale
from function.components.database.hold import hold_version
from function.database_facts import DatabaseFacts
from function.place import Manifest, Place

DEFAULT = Locale(provider="libc", locale="C")
"""A Cluster's, where nothing else is stated."""


def initdb_of(locale: Locale | None) -> Manifest:
    """The fields of bootstrap.initdb for a locale.

    For libc they aren't `locale`: it would lose against localeCollate, which CloudNativePG fills in.
    """
    if locale is None or locale == DEFAULT:
        return {}
    name = locale.locale
    return {
        "libc": {"localeCollate": name, "localeCType": name},
        "icu": {"localeProvider": "icu", "icuLocale": name},
        "builtin": {"localeProvider": "builtin", "builtinLocale": name},
    }[locale.provider]


def shown(initdb: Mapping[str, Any]) -> str:
    """The locale that a Cluster was made with, in words."""
    provider = initdb.get("localeProvider", "libc")
    own = {"icu": "icuLocale", "builtin": "builtinLocale"}.get(provider, "localeCollate")
    return f"{provider} {initdb.get(own, DEFAULT.locale)}"


def hold_locale(asked: Database, facts: DatabaseFacts) -> list[str]:
    """A database keeps the locale that it was made with: its indexes are sorted by it.

    One that was filled from backups has theirs, which no object shows. So nothing is said of it.
    """
    if asked.locale is None or not facts.exists or not facts.initdb:
        return []
    wanted = f"{asked.locale.provider} {asked.locale.locale}"
    made = shown(dict(facts.initdb))
    if made == wanted:
        return []
    return [f"database.locale: kept {made}, a database can't change to {wanted} once it is made"]


def locale_problems(place: Place, asked: Database, facts: DatabaseFacts) -> list[str]:
    """Why the locale of a new database is refused: its PostgreSQL doesn't have it."""
    version, _ = hold_version(place, asked, facts)
    if asked.locale is None or facts.exists or facts.state == "unanswered" or version is None:
        return []
    if version >= (oldest := asked.locale.oldest()):
        return []
    why = f"{asked.locale.locale} needs PostgreSQL {oldest} or newer, and a new database is of {version}"
    return [f"spec.database.locale: {why}; write database.version: {oldest}"]
