"""initdb of each major makes a database with the locales that the function lets an app ask for."""

import pytest

from function.api.locale import BUILTIN, Locale
from function.components.database.locales import initdb_of
from function.components.database.settings import MAJORS
from tests.plane.modules import MissingError
from tests.postgres.single import server

FLAGS = {
    "localeCollate": "--lc-collate",
    "localeCType": "--lc-ctype",
    "localeProvider": "--locale-provider",
    "icuLocale": "--icu-locale",
    "builtinLocale": "--builtin-locale",
}
"""What CloudNativePG makes of the fields: buildInitDBFlags in pkg/specs/jobs.go, release 1.30."""
LOCALES = (
    Locale(provider="icu", locale="und-u-ks-level2"),
    *(Locale(provider="builtin", locale=name) for name in BUILTIN if name != "C"),
)


@pytest.mark.parametrize("major", MAJORS)
def test_initdb_takes_the_locales_of_its_major_alone(major: int) -> None:
    """A locale is made by the majors that the API says, and by no older one."""
    try:
        with server(major) as new:
            for number, locale in enumerate(LOCALES):
                fields = {"localeCollate": "C", "localeCType": "C"} | initdb_of(locale)
                flags = [f"{FLAGS[field]}={value}" for field, value in fields.items()]
                done = new.run("initdb", "-D", f"{new.folder}/{number}", "-N", "-E", "UTF8", *flags)
                assert (done.returncode == 0) == (major >= locale.oldest()), (locale, done.stderr)
    except MissingError as error:
        pytest.skip(str(error))
