"""Schedules in cron's format: minute, hour, day of month, month, day of week."""

import re
from typing import Annotated

from pydantic import Field

from function.api.model import Rule, matches


def field(value: str, names: str = "") -> str:
    """The pattern of one field: a list of *, values and ranges, each with an optional step."""
    number = f"({value}|{names})" if names else f"({value})"
    item = rf"(\*|{number}(-{number})?)(/[1-9][0-9]?)?"
    return f"{item}(,{item})*"


FIELDS = (
    field("[0-5]?[0-9]"),
    field("[01]?[0-9]|2[0-3]"),
    field("0?[1-9]|[12][0-9]|3[01]"),
    field("0?[1-9]|1[0-2]", "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"),
    field("[0-6]", "sun|mon|tue|wed|thu|fri|sat"),
)
RANGE = "[0-9]+-[0-9]+"


def forward(schedule: str) -> bool:
    """Whether every range of numbers runs forward."""
    ranges = (each.split("-") for each in re.findall(RANGE, schedule))
    return all(int(first) <= int(last) for first, last in ranges)


Schedule = Annotated[
    str,
    Field(max_length=64),
    matches(
        " ".join(FIELDS),
        "must be five fields of cron: minute, hour, day of month, month, day of week, such as 0 2 * * *",
    ),
    Rule(
        f"self.findAll('{RANGE}').all(r, int(r.split('-')[0]) <= int(r.split('-')[1]))",
        forward,
        "must have ranges that run forward, such as 1-5",
    ),
]
