"""Rules about schedules: what CloudNativePG's parser takes, in five fields of cron.

What it takes though no manual of cron has it is refused: `*-5`, which it reads as `*`, `+5`, empty items of a
list, and four fields.
"""

from typing import Annotated

from pydantic import AfterValidator, Field

from function.api.cron import DAY_OF_WEEK, FIELDS, MONTH, Values, comes, forward
from function.api.model import Rule, matches

SPACE = r"[ \t\r\n]+"


def any_case(word: str) -> str:
    """The pattern of a word in upper or lower case."""
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


def field(values: Values) -> str:
    """The pattern of one field: a list of *, values and ranges, each with an optional step."""
    value = "|".join([f"0*{values.number}", *map(any_case, values.names)])
    item = rf"([*?]|({value})(-({value}))?)(/0*[1-9][0-9]{{0,8}})?"
    return f"{item}(,{item})*"


def spelt(values: Values, value: int) -> str:
    """The pattern of one value, as a number or as its name."""
    return f"(0*{value}|{any_case(values.names[value - values.first])})"


NUMBERS = "[0-9]+-[0-9]+"
"""A range of two numbers."""


def backward(values: Values) -> str:
    """The pattern of a range that runs backward, where a name is one of its ends."""
    ways = [spelt(values, value) for value in range(values.first, values.last + 1)]
    return "|".join(f"{ways[last]}-({'|'.join(ways[:last])})" for last in range(1, len(ways)))


BACKWARD = rf"\b({backward(MONTH)}|{backward(DAY_OF_WEEK)})\b"


def in_months(days: str, *months: int) -> str:
    """The pattern of a schedule on these days of these months alone, on whatever weekday."""
    names = "|".join(spelt(MONTH, month) for month in months)
    listed = rf"{days}(,{days})*{SPACE}({names})(,({names}))*"
    return rf"(\S+{SPACE}){{2}}{listed}{SPACE}[*?]"


NEVER = f"{in_months('0*3[01](-0*3[01])?', 2)}|{in_months('0*31(-0*31)?', 2, 4, 6, 9, 11)}"
"""The schedules without any day that CEL can recognize. `comes` recognizes all."""

Schedule = Annotated[
    str,
    Field(max_length=64),
    Rule(
        "!self.startsWith('@')",
        lambda schedule: not schedule.startswith("@"),
        "must be five fields of cron instead of a word with @: 0 * * * * for @hourly, 0 0 * * * for @daily, "
        "0 0 * * 0 for @weekly, 0 0 1 * * for @monthly, 0 0 1 1 * for @yearly",
    ),
    matches(
        f"({SPACE})?{SPACE.join(map(field, FIELDS))}({SPACE})?",
        "must be five fields of cron: minute, hour, day of month, month, day of week (0 to 6 or sun to sat), "
        "such as 0 2 * * *",
    ),
    Rule(
        f"self.findAll('{NUMBERS}').all(r, int(r.split('-')[0]) <= int(r.split('-')[1])) "
        rf"&& !self.matches(r'{BACKWARD}')",
        forward,
        "must have ranges that run forward, such as 1-5 or mon-fri; the week begins with sun, so the weekend "
        "is sat,sun",
    ),
    Rule(
        f"!self.matches(r'^({SPACE})?({NEVER})({SPACE})?$')",
        comes,
        "must come at least once in five years, and this one doesn't: February has no 30th; April, June, "
        "September and November have no 31st",
    ),
    AfterValidator(lambda schedule: " ".join(schedule.split())),
]
"""Five fields of cron, with one space between them."""
