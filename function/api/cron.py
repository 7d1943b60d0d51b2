"""Schedules in cron's format: minute, hour, day of month, month, day of week.

They are read as CloudNativePG's parser reads them: robfig/cron 1.2.0, parser.go and spec.go.
"""

import calendar
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

FIRST_YEAR = 2024
CYCLE = 28
"""Years after which each date is the same day of the week again, until 2100."""
LOOKAHEAD = 5
"""Years after which the parser gives up, and no backup is ever made."""
STARS = ("*", "?")
"""All values. A field with one of these doesn't restrict the day, whatever step follows."""


class Values(NamedTuple):
    """The values that a field of a schedule may have."""

    first: int
    last: int
    number: str
    """The pattern of one value as a number. Zeros in front aren't part of it: else a text could match in two
    ways, and to find that a list of them doesn't match would take twice as long for each."""
    names: tuple[str, ...] = ()
    """Names of all values, in order."""

    def of(self, word: str) -> int:
        """The value of a number or a name."""
        return int(word) if word.isdigit() else self.first + self.names.index(word.lower())


MINUTE = Values(0, 59, "([0-9]|[1-5][0-9])")
HOUR = Values(0, 23, "([0-9]|1[0-9]|2[0-3])")
DAY_OF_MONTH = Values(1, 31, "([1-9]|[12][0-9]|3[01])")
MONTH = Values(
    1,
    12,
    "([1-9]|1[0-2])",
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
DAY_OF_WEEK = Values(0, 6, "[0-6]", ("sun", "mon", "tue", "wed", "thu", "fri", "sat"))
FIELDS = (MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK)


def parsed(schedule: str) -> list[list[range]]:
    """The values of each item of each field's list. A range that runs backward has none."""
    fields = zip(schedule.split(), FIELDS, strict=True)
    return [[expanded(item, values) for item in text.split(",")] for text, values in fields]


def expanded(item: str, values: Values) -> range:
    """The values of one item of a list. A step without a range continues to the last value."""
    span, _, step = item.partition("/")
    if span in STARS:
        return range(values.first, values.last + 1, int(step or 1))
    first, _, last = span.partition("-")
    end = values.of(last) if last else values.last if step else values.of(first)
    return range(values.of(first), end + 1, int(step or 1))


def forward(schedule: str) -> bool:
    """Whether every range runs forward."""
    return all(values for items in parsed(schedule) for values in items)


def comes(schedule: str) -> bool:
    """Whether it comes within five years of every day.

    If neither day field has a star, a day of the month or a weekday is enough. Else a day must fit both.
    """
    days, months, weekdays = allowed(schedule)
    if either_day(schedule):
        return True
    years = range(FIRST_YEAR, FIRST_YEAR + CYCLE + LOOKAHEAD)
    good = {y for y in years if any(weekday(y, m, d) in weekdays for m in months for d in days)}
    return all(good & set(years[begin : begin + LOOKAHEAD]) for begin in range(CYCLE))


@lru_cache(maxsize=256)
def longest_gap(schedule: str) -> int:
    """The most days between two days on which it comes, which are two or more: see `comes`. At least 1."""
    days, months, weekdays = allowed(schedule)
    enough = any if either_day(schedule) else all
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(FIRST_YEAR + CYCLE, 1, 1).toordinal()
    dates = map(date.fromordinal, range(first, last))
    good = [d for d in dates if d.month in months and enough((d.day in days, d.isoweekday() % 7 in weekdays))]
    return max((later - earlier).days for earlier, later in pairwise(good))


def allowed(schedule: str) -> tuple[set[int], set[int], set[int]]:
    """The days of the month, the months and the days of the week that it names."""
    _, _, days, months, weekdays = ({v for item in items for v in item} for items in parsed(schedule))
    return days, months, weekdays


def either_day(schedule: str) -> bool:
    """Whether a day of the month or a day of the week is enough: neither field has a star."""
    _, _, day_of_month, _, day_of_week = schedule.split()
    return not any(star in day_of_month + day_of_week for star in STARS)


def weekday(year: int, month: int, day: int) -> int | None:
    """The day of the week of a date, Sunday is 0; None where there is no such date."""
    if day > calendar.monthrange(year, month)[1]:
        return None
    return (calendar.weekday(year, month, day) + 1) % 7
