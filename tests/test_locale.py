"""The locale of a database is decided when it is made."""

from typing import Any

import pytest

from tests.simulator import APP, World

ICU = {"provider": "icu", "locale": "de-AT"}


def initdb(world: World) -> Any:
    """How the Cluster is made."""
    return world.object("database-cluster")["spec"]["bootstrap"]["initdb"]


def with_locale(provider: str, locale: str, **database: Any) -> dict[str, Any]:
    """An app whose database asks for a locale."""
    return APP | {"database": database | {"locale": {"provider": provider, "locale": locale}}}


@pytest.mark.parametrize(
    ("provider", "locale", "fields"),
    [
        ("libc", "de_AT.UTF-8", {"localeCollate": "de_AT.UTF-8", "localeCType": "de_AT.UTF-8"}),
        ("icu", "de-AT", {"localeProvider": "icu", "icuLocale": "de-AT"}),
        ("builtin", "C.UTF-8", {"localeProvider": "builtin", "builtinLocale": "C.UTF-8"}),
        ("libc", "C", {}),
    ],
)
def test_a_new_database_has_the_locale(provider: str, locale: str, fields: dict[str, str]) -> None:
    """A Cluster is made with the fields that CloudNativePG has for a provider, and they stay as they were."""
    world = World(with_locale(provider, locale, version=17)).settle()
    assert initdb(world).items() >= ({"localeCollate": "C", "localeCType": "C"} | fields).items()
    assert world.condition("SpecHonored").status == "True"
    world.ask(APP | {"database": {"version": 17}}).settle()
    assert initdb(world).items() >= ({"localeCollate": "C", "localeCType": "C"} | fields).items()


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (None, ICU, "kept libc C, a database can't change to icu de-AT"),
        (ICU, {"provider": "icu", "locale": "de-DE"}, "kept icu de-AT, a database can't change to icu de-DE"),
        (ICU, {"provider": "libc", "locale": "C"}, "kept icu de-AT, a database can't change to libc C"),
        (
            {"provider": "libc", "locale": "de_AT.UTF-8"},
            ICU,
            "kept libc de_AT.UTF-8, a database can't change to icu de-AT",
        ),
    ],
)
def test_a_locale_is_held(before: dict[str, str] | None, after: dict[str, str], kept: str) -> None:
    """A database keeps its locale, and SpecHonored says so until the spec says the same."""
    made = {"version": 17} | ({"locale": before} if before else {})
    world = World(APP | {"database": made}).settle()
    as_made = initdb(world)
    world.ask(APP | {"database": {"version": 17, "locale": after}}).settle()
    assert f"database.locale: {kept} once it is made" in world.condition("SpecHonored").message
    assert initdb(world) == as_made
    world.ask(APP | {"database": made}).settle()
    assert world.condition("SpecHonored").status == "True"


def test_a_restored_database_has_the_locale_of_its_backups() -> None:
    """It is filled from them, whatever locale is written, and nothing is called held."""
    restored = {"version": 17, "era": 2, "restore": {}, "locale": ICU}
    platform = {"database": {"objectStore": {"destinationPath": "s3://backups"}}}
    world = World(APP | {"database": restored}, platform).settle()
    assert "initdb" not in world.object("database-cluster")["spec"]["bootstrap"]
    assert "locale" not in world.condition("SpecHonored").message


def test_a_locale_that_its_postgresql_lacks_is_refused() -> None:
    """Without a version, the Platform's newest decides for a new database. One that exists keeps its own."""
    old = {"database": {"images": {"16": "ghcr.io/cloudnative-pg/postgresql:16.11-standard-trixie"}}}
    world = World(with_locale("builtin", "C.UTF-8"), old).settle()
    says = "spec.database.locale: C.UTF-8 needs PostgreSQL 17 or newer, and a new database is of 16"
    assert world.condition("Accepted").message.startswith(says)
    made = World(APP | {"database": {"version": 16}}).settle()
    made.ask(with_locale("builtin", "C.UTF-8")).settle()
    assert made.condition("Accepted").status == "True"
    assert "database.locale: kept libc C" in made.condition("SpecHonored").message
