"""Parameters that PostgreSQL doesn't have, or values that it doesn't take, and what to write instead.

PostgreSQL doesn't start with one of them. A reload only logs it, so it would show at the next restart.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from function.api.database import Database
from function.components.database.hold import hold_version
from function.components.database.setting_values import amount, instead
from function.components.database.settings import MAJORS, Setting, settings
from function.database_facts import DatabaseFacts
from function.explain import SHORT
from function.place import Place


def wrong_parameters(place: Place, asked: Database, facts: DatabaseFacts) -> list[str]:
    """Why parameters are refused. A name with a dot is an extension's or the app's own, and passes."""
    # Until the Cluster is looked up, nobody knows what runs.
    version = asked.version if facts.state == "unanswered" else hold_version(place, asked, facts)[0]
    found = ((name, refusal(name, value, version)) for name, value in asked.parameters.items())
    alone = [f"spec.database.parameters.{name}: {why}" for name, why in found if why and "." not in name]
    return alone or [f"spec.database.parameters: {why}" for why in together(asked.parameters)]


def refusal(name: str, value: str, version: int | None) -> str | None:
    """Why PostgreSQL of a version refuses a parameter, or of every version where that isn't known."""
    known = settings().get(name)
    if known is None:
        return unknown(name)
    if known[-1].type == "fixed":
        return "can't be set here; take it out"
    there = [each for each in known if version is None or each.is_in(version)]
    if not there:
        return f"PostgreSQL {version} has no such parameter, it is of {of_majors(known)}; take it out"
    wrong = [instead(each, value) for each in there]
    if None in wrong:
        return None
    return f"{wrong[-1]}, not {value!r}" if len(value) <= SHORT else wrong[-1]


@lru_cache(256)
def unknown(name: str) -> str:
    """What to write for a name that no major has. To find the nearest of 370 takes milliseconds."""
    near = difflib.get_close_matches(name, settings(), n=1)
    hint = f"; did you mean {near[0]}?" if near else ", and extensions have a dot in theirs; take it out"
    return f"PostgreSQL has no such parameter{hint}"


def of_majors(known: tuple[Setting, ...]) -> str:
    """The majors that have a parameter."""
    return " and ".join(str(major) for major in MAJORS if any(each.is_in(major) for each in known))


PROCESSES = {
    "max_connections": 100,
    "max_wal_senders": 10,
    "max_worker_processes": 32,
    "autovacuum_max_workers": 16,
    "autovacuum_worker_slots": 16,
}
"""Parameters that count processes, with what holds where they aren't written."""
MOST_PROCESSES = 262000
"""PostgreSQL has numbers for 2**18 - 1 processes, with some of its own: MAX_BACKENDS in postmaster.h."""
STATISTICS = ("log_parser_stats", "log_planner_stats", "log_executor_stats")


def together(given: Mapping[str, str]) -> Iterator[str]:
    """Why parameters are refused that PostgreSQL takes only alone."""
    counted = (
        amount(settings()[name][-1], given.get(name, str(default))) for name, default in PROCESSES.items()
    )
    if sum(number or 0 for number in counted) > MOST_PROCESSES:
        yield f"must have at most {MOST_PROCESSES} in all for {', '.join(PROCESSES)}"
    if on(given, "log_statement_stats") and any(on(given, name) for name in STATISTICS):
        yield f"must have log_statement_stats, or some of {', '.join(STATISTICS)}, and not both"


def on(given: Mapping[str, str], name: str) -> bool:
    """Whether a parameter of type bool is written and on."""
    return re.fullmatch("t.*|y.*|on|1", given.get(name, "off"), re.IGNORECASE) is not None
