"""Whether PostgreSQL takes a value for a parameter, and what to write instead.

It reads values as parse_int, parse_real, parse_bool and config_enum_lookup_by_name do, of PostgreSQL's
src/backend/utils/misc/guc.c and src/backend/utils/adt/bool.c.
"""

import math
import re

from function.components.database.settings import Setting
from function.components.database.text_values import instead_of_text

SIZES = {"B": 1, "kB": 2**10, "MB": 2**20, "GB": 2**30, "TB": 2**40}
"""Bytes."""
TIMES = {"us": 1, "ms": 10**3, "s": 10**6, "min": 60 * 10**6, "h": 3600 * 10**6, "d": 86400 * 10**6}
"""Microseconds."""
FAMILIES = (SIZES | {"8kB": 2**13}, TIMES)
EXAMPLES = ("16MB", "30s")
"""A value of each family."""
NUMBER = re.compile(
    r" *(?P<sign>[-+]?)"
    r"(?:0[xX](?P<hex>[0-9a-fA-F]+)|(?P<decimal>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?))"
    r" *(?P<unit>[A-Za-z]*) *"
)
OCTAL = re.compile(r"0[0-7]+")
LARGEST = 2**31 - 1
"""Of PostgreSQL's integers."""
HUGE = LARGEST**2
ON_OR_OFF = re.compile(r"t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0", re.IGNORECASE)


def instead(setting: Setting, value: str) -> str | None:
    """What a value must be, as "must be on or off". None: PostgreSQL takes it."""
    match setting.type:
        case "bool":
            return None if ON_OR_OFF.fullmatch(value) else "must be on or off"
        case "enum":
            return None if chosen(setting, value) else f"must be {' or '.join(setting.choices)}"
        case "integer" | "real":
            return None if in_range(setting, value) else f"must be {wanted(setting)}"
        case _:
            return instead_of_text(setting.name, value)


def chosen(setting: Setting, value: str) -> bool:
    """Whether it is a choice, in upper or lower case."""
    return value.lower() in {choice.lower() for choice in (*setting.choices, *setting.also)}


def in_range(setting: Setting, value: str) -> bool:
    """Whether it is a number, in a unit that belongs to the parameter, and within bounds."""
    number = amount(setting, value)
    if number is None or setting.min is None or setting.max is None:
        return False
    if setting.floor is not None and setting.min < number < setting.floor:
        return False
    return setting.min <= number <= setting.max and not (setting.step and number % setting.step)


def amount(setting: Setting, value: str) -> float | None:
    """The number in the parameter's own unit. None: PostgreSQL can't read it."""
    match = NUMBER.fullmatch(value)
    if match is None:
        return None
    whole = setting.type == "integer"
    number = read(match, whole=whole)
    if number is None:
        return None
    if unit := match["unit"]:
        family = family_of(setting)
        # No bound is that large. A larger one would be infinite in another unit.
        if family is None or unit not in family or abs(number) > HUGE:
            return None
        number = converted(number, unit, setting.unit or unit, family)
    # A C integer is what it must fit in before anything looks at the bounds.
    return round(number) if whole and abs(number) <= LARGEST else number


def read(match: re.Match[str], *, whole: bool) -> float | None:
    """The number alone. An integer that begins with 0 is octal, as in C."""
    sign = -1 if match["sign"] == "-" else 1
    if match["hex"]:
        return sign * int(match["hex"], 16)
    text = match["decimal"]
    if whole and text.isdecimal() and text.startswith("0") and text != "0":
        return sign * int(text, 8) if OCTAL.fullmatch(text) else None
    number = float(text)
    return sign * number if math.isfinite(number) else None


def converted(number: float, unit: str, own: str, family: dict[str, int]) -> float:
    """A number of one unit in another. A fraction is rounded to the next smaller unit: 1.5GB to whole MB."""
    smaller = [size for name, size in family.items() if size < family[unit] and name != "8kB"]
    amount = number * family[unit]
    if smaller and family[unit] > family[own]:
        amount = round(amount / max(smaller)) * max(smaller)
    return amount / family[own]


def family_of(setting: Setting) -> dict[str, int] | None:
    """The units that a parameter may have: those of sizes or of times. None: it has none."""
    return next((family for family in FAMILIES if setting.unit in family), None)


def wanted(setting: Setting) -> str:
    """The values that a numeric parameter takes, with an example of its unit."""
    number = "a whole number" if setting.type == "integer" else "a number"
    family = family_of(setting)
    bounds = f"from {shown(setting, setting.min)} to {shown(setting, setting.max)}"
    if setting.floor is not None:
        first = shown(setting, setting.floor)
        bounds = f"of {shown(setting, setting.min)} or from {first} to {shown(setting, setting.max)}"
    if setting.step:
        bounds += f" in steps of {shown(setting, setting.step)}"
    if family is None:
        return f"{number} {bounds}, without a unit"
    kind, example = ("size", EXAMPLES[0]) if family is FAMILIES[0] else ("time", EXAMPLES[1])
    units = ", ".join(SIZES if family is FAMILIES[0] else TIMES)
    return f"a {kind} {bounds} with one of the units {units}, such as {example}"


def shown(setting: Setting, bound: float | None) -> str:
    """A bound as people write it."""
    if bound is None:
        return "any"
    if setting.type == "real" or bound <= 0 or setting.unit is None:
        return f"{bound:g}" if setting.type == "real" else str(bound)
    return f"{bound * 8}kB" if setting.unit == "8kB" else f"{bound}{setting.unit}"
