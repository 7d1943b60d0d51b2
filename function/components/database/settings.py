"""The parameters that PostgreSQL has, and what it takes for each: its own pg_settings, of each major.

`uv run python -m tests.postgres` writes the table anew, by PostgreSQL's own programs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("settings.json")
MAJORS = (15, 16, 17, 18)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a parameter takes in some majors."""

    name: str
    """In lower case."""
    majors: tuple[int, int]
    """The first and the last."""
    type: str
    """bool, integer, real, enum, string, or fixed: then no configuration file may set it."""
    unit: str | None = None
    """What a number without a unit is counted in: B, kB, 8kB, MB, ms, s or min."""
    min: float | None = None
    max: float | None = None
    floor: float | None = None
    """Beside min it takes only this or more."""
    step: int | None = None
    """It takes multiples of this."""
    choices: Sequence[str] = ()
    """Of an enum, as the manual lists them."""
    also: Sequence[str] = ()
    """Further spellings of choices, such as true for on."""

    def is_in(self, major: int) -> bool:
        """Whether a major has it, as it is described here."""
        return self.majors[0] <= major <= self.majors[1]


@cache
def settings() -> Mapping[str, tuple[Setting, ...]]:
    """Name → what it takes, majors in order. Read when it is first needed: a start doesn't wait for it."""
    known: dict[str, tuple[Setting, ...]] = {}
    for row in json.loads(TABLE.read_text()):
        first, last = row.pop("majors")
        known[row["name"]] = (*known.get(row["name"], ()), Setting(majors=(first, last), **row))
    return known
