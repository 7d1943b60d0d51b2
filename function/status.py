"""Merge what the parts report into one answer. Knows no component."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from function import ready
from function.app import NOT_APPLICABLE, PROGRESSING, Condition, Event, Seen, Why
from function.plan import Plan
from function.read import items, text

WAITING = (PROGRESSING, "NoImage", "LookingUp")
"""Reasons that are no turn for the worse: it goes on by itself, or has never gone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the response says besides the objects."""

    ready: bool
    why: Why
    """Why each object isn't ready, by key."""
    conditions: Sequence[Condition]
    status: Mapping[str, Any]
    events: Sequence[Event]


def answer(plan: Plan, seen: Seen) -> Answer:
    """Judge every object, let every part report, and put the first problem on top."""
    whys = [
        {key: ready.why(seen.objects.get(key), want) for key, want in expected.items()}
        for expected, _ in plan.reports
    ]
    reports = [report(seen, why) for why, (_, report) in zip(whys, plan.reports, strict=True)]
    why = {key: problem for part in whys for key, problem in part.items()}
    before = {text(c, "type"): text(c, "status") for c in items(seen.xr, "status", "conditions")}
    said = [*plan.conditions, *(condition for report in reports for condition in report.conditions)]
    # Crossplane keeps a condition's last value for ever, so a type once sent goes on being sent.
    conditions = [c for c in said if c.reason != NOT_APPLICABLE or c.type in before]
    bad = [c for c in conditions if not c.ok]
    blocking = [c for c in bad if c.gates]
    waiting = [f"{key}: {problem.message}" for key, problem in why.items() if problem]
    message = next(iter([*map(sentence, blocking), *waiting, *map(sentence, bad)]), "")
    is_ready = not blocking and not waiting
    worse = [c for c in bad if before.get(c.type, "True") == "True" and c.reason not in WAITING]
    return Answer(
        ready=is_ready,
        why=why,
        conditions=conditions,
        status={key: value for report in reports for key, value in report.status.items()}
        | {"message": message, "ready": is_ready},
        events=[
            *(Event(c.reason, sentence(c), warning=True) for c in worse),
            *(event for report in reports for event in report.events),
        ],
    )


def sentence(condition: Condition) -> str:
    """A condition in one line: a part's names the part, the others name fields already."""
    part, is_part, _ = condition.type.partition("Ready")
    return f"{part.lower()}: {condition.message}" if is_part else condition.message
