"""`locale` of a database: how it sorts text, and which characters are letters."""

import re
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from function.api.model import Model, Rule, matches

BUILTIN = {"C": 17, "C.UTF-8": 17, "PG_UNICODE_FAST": 18}
"""PostgreSQL's own locales, with the first major that has them: "Locale Providers" in its manual."""
OF_LIBC = r"(C|POSIX|(C|[a-z]{2,3}(_[A-Z]{2})?)\.(UTF-8|utf8))(@[a-z]+)?"
OF_ICU = r"([A-Za-z]{2,3}|root)(-[A-Za-z0-9]{1,8})*"
"""Languages have two or three letters: of another one, such as german, PostgreSQL makes no database."""


class Locale(Model):
    """How the database sorts text, and which characters are letters."""

    provider: Literal["libc", "icu", "builtin"]
    """Who knows the locale. libc: the C library of the image, which may sort otherwise in another image; then
    indexes must be made anew. icu: the library ICU, the same. builtin: PostgreSQL itself, from 17 on, which
    sorts alike in all images."""
    locale: Annotated[
        str,
        Field(max_length=63),
        matches(r"[A-Za-z][A-Za-z0-9_.@-]*", "must be the name of a locale, such as de-AT"),
    ]
    """Its name. Of libc: one that the image has, with UTF-8, such as de_AT.UTF-8. Of icu: a language tag,
    such as de-AT or und-u-ks-level2. Of builtin: C, C.UTF-8, or PG_UNICODE_FAST, which PostgreSQL 18 has."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            f"self.provider != 'libc' || self.locale.matches(r'^(?:{OF_LIBC})$')",
            lambda given: given.provider != "libc" or bool(re.fullmatch(OF_LIBC, given.locale)),
            "locale must be C, or end with .UTF-8, for the provider libc, such as de_AT.UTF-8: the encoding "
            "of the database is UTF8",
        ),
        Rule(
            f"self.provider != 'icu' || self.locale.matches(r'^(?:{OF_ICU})$')",
            lambda given: given.provider != "icu" or bool(re.fullmatch(OF_ICU, given.locale)),
            "locale must be a language tag for the provider icu, such as de-AT",
        ),
        Rule(
            f"self.provider != 'builtin' || self.locale in {list(BUILTIN)}",
            lambda given: given.provider != "builtin" or given.locale in BUILTIN,
            f"locale must be {', '.join(BUILTIN)} for the provider builtin",
        ),
    )

    def oldest(self) -> int:
        """The first PostgreSQL major that has it. 15 is the oldest that there is."""
        return BUILTIN[self.locale] if self.provider == "builtin" else 15
