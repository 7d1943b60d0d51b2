"""The locale of a database: decided when it is made, and kept."""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from function.api.database import Database
from function.api.locale import Locale
from function.components.database.hold import hold_version
from function.database_facts import DatabaseFacts
from function.place import Manifest, Place

COUNTRIES = frozenset(
    line.partition("\t")[0]
    for line in files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text().splitlines()
    if not line.startswith("#")
)
"""Codes of ISO 3166, which the tz database lists. The locales of libc have no others."""
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
    """Why the locale of a new database is refused: its PostgreSQL doesn't have it.

    A database can't be made with it, and when that shows, its volume is bound, so no edit would correct it.
    """
    version, _ = hold_version(place, asked, facts)
    if asked.locale is None or facts.exists:
        return []
    if foreign := unknown_country(asked.locale):
        return [f"spec.database.locale.locale: {foreign}"]
    if facts.state == "unanswered" or version is None:
        return []
    if version >= (oldest := asked.locale.oldest()):
        return []
    why = f"{asked.locale.locale} needs PostgreSQL {oldest} or newer, and a new database is of {version}"
    return [f"spec.database.locale: {why}; write database.version: {oldest}"]


def unknown_country(locale: Locale) -> str:
    """Why libc has no locale for a country, as a sentence; empty if it may have one."""
    named = re.match(r"[a-z]{2,3}_([A-Z]{2})", locale.locale) if locale.provider == "libc" else None
    if named is None or named[1] in COUNTRIES:
        return ""
    return f"must name a country of ISO 3166, as en_GB.UTF-8 does; {named[1]} is none"
