"""A locale of libc is one of a country that there is: a database can't be made with another one."""

import pytest

from tests.refusals import refusal
from tests.simulator import APP, World


def asked(locale: str) -> dict[str, object]:
    """An app with a new database that sorts by a locale of libc."""
    return APP | {"database": {"version": 17, "locale": {"provider": "libc", "locale": locale}}}


@pytest.mark.parametrize("country", ["UK", "EN", "XX"])
def test_a_country_that_is_none_is_refused(country: str) -> None:
    """Its volume would be bound when it shows, so no edit could correct it."""
    says = "must name a country of ISO 3166, as en_GB.UTF-8 does"
    assert (
        refusal(asked(f"en_{country}.UTF-8"), {}) == f"spec.database.locale.locale: {says}; {country} is none"
    )


@pytest.mark.parametrize(
    "locale", ["en_GB.UTF-8", "de_AT.utf8", "ca_ES.UTF-8@valencia", "eo.UTF-8", "C.UTF-8", "C"]
)
def test_locales_of_countries_are_taken(locale: str) -> None:
    """Those without a country too."""
    assert refusal(asked(locale), {}) == ""


def test_a_database_that_exists_keeps_its_locale() -> None:
    """Whatever is written then is held, and refuses nothing."""
    world = World(asked("en_GB.UTF-8")).settle().ask(asked("en_UK.UTF-8")).settle()
    assert world.condition("Accepted").status == "True"
    assert world.condition("SpecHonored").reason == "Held"
