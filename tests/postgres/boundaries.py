"""Values at the bounds of what a parameter takes, and just beyond."""

from collections.abc import Iterator

import pydantic

from function.api.database import Database
from function.components.database.setting_values import SIZES, TIMES, amount, shown
from function.components.database.settings import Setting, settings
from function.components.database.unknown_parameters import refusal
from tests.postgres.table import BUILD

SPELLINGS = ("on", "OFF", "true", "f", "ye", "1", "o", "onn", "2", "", "enabled")
TEXTS = {
    "application_name": "an app",
    "client_encoding": "UTF8",
    "createrole_self_grant": "set, inherit",
    "datestyle": "ISO, DMY",
    "default_text_search_config": "pg_catalog.german",
    "lc_messages": "C",
    "log_line_prefix": "%m 5 x ",
    "log_timezone": "Europe/Vienna",
    "timezone": "UTC",
}
"""A value for parameters that take text. The table doesn't judge it."""
NUMBERS = ("10", "100", "", "x", "0x10", "010", "08", "1e1", "1.5", "1,5", "- 1", " 64 ", "nan", "9999999999")


def described(major: int) -> list[Setting]:
    """What a major has, as far as it can be set."""
    known = [each for name in settings().values() for each in name]
    return [each for each in known if each.is_in(major) and each.type != "fixed"]


def values(setting: Setting) -> Iterator[str]:
    """Some that are taken and some that aren't."""
    match setting.type:
        case "bool":
            yield from SPELLINGS
        case "enum":
            yield from (*choices(setting), *setting.also, *SPELLINGS, choices(setting)[0].upper(), "debug")
        case "integer" | "real":
            yield from (*NUMBERS, *bounds(setting), *united())
        case _ if setting.name in TEXTS:
            yield TEXTS[setting.name]


def choices(setting: Setting) -> list[str]:
    """The choices that the packages' builds have."""
    return [choice for choice in setting.choices if choice not in BUILD.get(setting.name, ())]


def bounds(setting: Setting) -> Iterator[str]:
    """The smallest and the largest, and those beside them."""
    assert setting.min is not None
    assert setting.max is not None
    step = 1 if setting.type == "integer" else 0.5
    for bound in (setting.min, setting.max):
        yield from (str(bound - step), str(bound), shown(setting, bound), str(bound + step))
    if setting.unit == "8kB":
        yield from (f"{setting.max * 8 + 8}kB", f"{setting.min * 8 - 8}kB")


def united() -> Iterator[str]:
    """Numbers in all units, right ones and wrong ones."""
    for unit in (*SIZES, *TIMES, "mb", "Mi", "8kB"):
        yield from (f"{number}{unit}" for number in ("1", "64 ", "1.5", "0.3", "100000", "-1", "1e2"))
        yield f" 1{unit} "


def ends(setting: Setting, major: int) -> list[str]:
    """Values that an app may have, of which the first and the last are bounds."""
    of_type = {"bool": ("off", "on"), "enum": choices(setting)}.get(setting.type) or values(setting)
    name = setting.name
    taken = [value for value in of_type if accepted(name, value) and not refusal(name, value, major)]
    if setting.type in {"integer", "real"}:
        taken.sort(key=lambda value: amount(setting, value) or 0)
    return taken


def accepted(name: str, value: str) -> bool:
    """Whether an app may have it, as far as the API tells."""
    try:
        Database.model_validate({"parameters": {name: value}})
    except pydantic.ValidationError:
        return False
    return True
