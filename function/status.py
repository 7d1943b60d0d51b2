"""Merge what the parts report into one answer. Knows no component."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from function import ready
from function.app import (
    NOT_APPLICABLE,
    PROGRESSING,
    WAITING_FOR_DATABASE,
    Condition,
    Event,
    Problem,
    Seen,
    Why,
)
from function.plan import Plan
from function.read import at, items, text
from function.ready import Wanted

WAITING = (PROGRESSING, WAITING_FOR_DATABASE, "NoImage", "LookingUp")
"""Reasons that are no turn for the worse: it goes on by itself, or has never gone."""


GOOD = {"status": "True"}
"""What a condition that was never sent counts as."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the response says besides the objects."""

    ready: bool
    settled: bool
    """Whether Crossplane would see every change: else it is to ask again soon."""
    why: Why
    """Why each object isn't ready, by key."""
    conditions: Sequence[Condition]
    status: Mapping[str, Any]
    events: Sequence[Event]


def answer(plan: Plan, seen: Seen) -> Answer:
    """Judge every object, let every part report, and put the first problem on top."""
    before = {text(c, "type"): c for c in items(seen.xr, "status", "conditions")}
    refused = unsynced(before.get("Synced"))
    whys = [
        {key: judge(seen, key, want, refused=key in refused) for key, want in expected.items()}
        for expected, _ in plan.reports
    ]
    reports = [report(seen, why) for why, (_, report) in zip(whys, plan.reports, strict=True)]
    why = {key: problem for part in whys for key, problem in part.items()}
    said = [*plan.conditions, *(one for report in reports for one in report.conditions)]
    # Crossplane keeps a condition's last value for ever, so a type once sent goes on being sent.
    conditions = [c for c in said if c.reason != NOT_APPLICABLE or c.type in before]
    bad = [c for c in conditions if not c.ok]
    blocking = [c for c in bad if c.gates]
    waiting = [f"{key}: {problem.message}" for key, problem in why.items() if problem]
    message = next(iter([*map(sentence, blocking), *waiting, *map(sentence, bad)]), "")
    is_ready = not blocking and not waiting
    worse = [c for c in bad if at(before.get(c.type, GOOD), "status") == "True" and c.reason not in WAITING]
    return Answer(
        ready=is_ready,
        settled=is_ready and at(before.get("Responsive"), "status") != "False",
        why=why,
        conditions=conditions,
        status={key: value for report in reports for key, value in report.status.items()}
        | {"message": message, "ready": is_ready},
        events=[
            *(Event(c.reason, sentence(c), warning=True) for c in worse),
            *(event for report in reports for event in report.events),
        ],
    )


def judge(seen: Seen, key: str, want: Wanted, *, refused: bool) -> Problem | None:
    """Why an object isn't ready. Of one that was refused only an event on the composite has the cause."""
    problem = ready.why(seen.objects.get(key), want)
    if not (problem and refused):
        return problem
    named = f"{text(seen.xr, 'kind')} {text(seen.xr, 'metadata', 'name')}"
    return Problem("Refused", f"{want.kind} was refused by the API server: kubectl describe {named} says why")


def unsynced(synced: Any) -> set[str]:
    """Keys of the objects that the API server refused last time. Crossplane names up to three."""
    message = text(synced, "message") or ""
    return set(re.split(r"[, ]+", message)) if at(synced, "status") == "False" else set()


def sentence(condition: Condition) -> str:
    """A condition in one line: a part's names the part, the others name fields already."""
    part, is_part, _ = condition.type.partition("Ready")
    return f"{part.lower()}: {condition.message}" if is_part else condition.message
